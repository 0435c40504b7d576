import type { GroupVersion } from './groups.ts';
import { documentHash } from './groups.ts';
import { pathsOf } from './openapi-paths.ts';
import { componentsOf } from './openapi-schemas.ts';

/** An OpenAPI v3 document, ready to send. */
export interface OpenApiDocument {
  readonly text: string;
  readonly hash: string;
}

/** The path of a group and version below `/openapi/v3/`. */
export function documentPath({
  group,
  version,
}: {
  readonly group: string;
  readonly version: string;
}): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

/** Documents of the paths above the resources: they name discovery itself. */
export function discoveryDocuments(versions: readonly GroupVersion[]): readonly [string, OpenApiDocument][] {
  const groups = versions.filter(
    ({ group, resources }) => group !== '' && !resources.some(({ custom }) => custom),
  );
  const paths = ['api', 'apis', 'version', ...new Set(groups.map(({ group }) => `apis/${group}`))];
  return paths.map((path) => {
    const get = { description: `what is served at /${path}`, responses: { 200: { description: 'OK' } } };
    const text = JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'Kubernetes', version: '1.36' },
      paths: { [`/${path}/`]: { get } },
    });
    return [path, { text, hash: documentHash(text) }];
  });
}

/** The document of one group and version. */
export function openApiDocument({ resources }: GroupVersion): OpenApiDocument {
  const title = resources.some((resource) => resource.custom) ? 'Kubernetes CRD Swagger' : 'Kubernetes';
  const text = JSON.stringify({
    openapi: '3.0.0',
    info: { title, version: title === 'Kubernetes' ? '1.36' : 'v0.1.0' },
    paths: Object.assign({}, ...resources.map(pathsOf)) as object,
    components: { schemas: Object.assign({}, ...resources.map(componentsOf)) as object },
  });
  return { text, hash: documentHash(text) };
}

/** `GET /openapi/v3`: where the documents are, with hashes that make them cacheable. */
export function openApiIndex(documents: ReadonlyMap<string, OpenApiDocument>): object {
  const paths = [...documents].map(([path, { hash }]) => [
    path,
    { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` },
  ]);
  return { paths: Object.fromEntries(paths) as object };
}
