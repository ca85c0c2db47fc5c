// Unpack the Chromium of the npm package into the folder that TMPDIR names (see vrt_portal/chromium.py).
// The package unpacks the libraries only on Amazon's machines; elsewhere they may be missing too.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";

const packed = fileURLToPath(new URL("node_modules/@sparticuz/chromium/bin/", import.meta.url));
await Promise.all(readdirSync(packed).map((name) => inflate(packed + name)));
