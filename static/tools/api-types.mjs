/**
 * Writes ../types/api.d.ts from the OpenAPI document: `node api-types.mjs openapi.json` or an address.
 *
 * A generator of our own because the shop's document is plain (no allOf, no discriminators) and the well-known one
 * needs an older TypeScript than the checks use.
 */
import { readFile, writeFile } from 'node:fs/promises';

const source = process.argv[2];
if (!source) throw new Error('usage: node api-types.mjs openapi.json|http://…/api/v1/openapi.json');
const document = JSON.parse(source.startsWith('http') ? await (await fetch(source)).text() : await readFile(source, 'utf8'));
const BASE = '/api/v1';

const name = (ref) => ref.split('/').pop();
const key = (text) => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text));
const comment = (text, indent) => (text ? `${indent}/** ${text.replace(/\s+/g, ' ').replace(/\*\//g, '*∕')} */\n` : '');

/** @returns {string} the type of a schema */
function type(schema, indent = '') {
  if (!schema || schema === true) return 'unknown';
  if (schema.$ref) return name(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const union = schema.oneOf ?? schema.anyOf;
  if (union) return [...new Set(union.map((one) => type(one, indent)))].join(' | ');
  if (schema.allOf) return schema.allOf.map((one) => type(one, indent)).join(' & ');
  const kinds = [schema.type ?? (schema.properties ? 'object' : 'unknown')].flat();
  return kinds.map((kind) => plain(kind, schema, indent)).join(' | ');
}

function plain(kind, schema, indent) {
  if (kind === 'integer' || kind === 'number') return 'number';
  if (kind === 'string') return schema.format === 'binary' ? 'Blob' : 'string';
  if (kind === 'boolean' || kind === 'null') return kind;
  if (kind === 'array') {
    const item = type(schema.items, indent);
    return /[|&]/.test(item) ? `(${item})[]` : `${item}[]`;
  }
  if (kind === 'object') return object(schema, indent);
  return 'unknown';
}

function object(schema, indent) {
  const deeper = `${indent}  `, required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).map(([property, value]) =>
    `${comment(value.description, deeper)}${deeper}${key(property)}${required.has(property) ? '' : '?'}: ${type(value, deeper)};`);
  const rest = schema.additionalProperties;
  if (rest) members.push(`${deeper}[name: string]: ${type(rest, deeper)};`);
  return members.length ? `{\n${members.join('\n')}\n${indent}}` : 'Record<string, never>';
}

const json = (content) => content?.['application/json']?.schema ?? content?.['multipart/form-data']?.schema;

function answer(operation) {
  const types = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'))
    .map(([, response]) => (json(response.content) ? type(json(response.content)) : 'void'));
  return [...new Set(types)].join(' | ') || 'void';
}

function routes(method, write) {
  return Object.entries(document.paths).filter(([path, item]) => item[method] && path.startsWith(BASE))
    .map(([path, item]) => `  ${JSON.stringify(path.slice(BASE.length))}: ${write(item[method])};`).join('\n');
}
const withBody = (operation) => {
  const body = json(operation.requestBody?.content);
  return `{body: ${body ? type(body) : 'undefined'}; answer: ${answer(operation)}}`;
};

const schemas = Object.entries(document.components.schemas)
  .map(([title, schema]) => `${comment(schema.description, '')}export type ${title} = ${type(schema)};`).join('\n\n');

const out = `// Written by tools/api-types.mjs from the OpenAPI document: change the routes, not this file.

${schemas}

export interface Gets {\n${routes('get', answer)}\n}

export interface Posts {\n${routes('post', withBody)}\n}

export interface Puts {\n${routes('put', withBody)}\n}

export interface Deletes {\n${routes('delete', answer)}\n}
`;
await writeFile(new URL('../types/api.d.ts', import.meta.url), out);
