// Reads flowcharts with Mermaid's own parser: node measure/mermaid.mjs FOLDER FILE...
// FOLDER holds node_modules with the packages mermaid and jsdom. Ends with status 1 where a file is refused.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, ...files] = process.argv.slice(2);
const home = createRequire(join(resolve(folder), 'home.js'));
const { JSDOM } = home('jsdom');
globalThis.window = new JSDOM('').window;
globalThis.document = globalThis.window.document;
const packed = join(resolve(folder), 'node_modules/mermaid/dist/mermaid.core.mjs');
const { default: mermaid } = await import(pathToFileURL(packed));

let refused = 0;
for (const file of files) {
  try {
    await mermaid.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    refused += 1;
    console.log(`${file}: ${error.message}`);
  }
}
console.log(`${files.length - refused} of ${files.length} flowcharts read by Mermaid`);
process.exit(refused || !files.length ? 1 : 0);
