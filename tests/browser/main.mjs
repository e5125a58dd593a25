// `main.mjs [WORD…]`: all journeys, or those whose name holds the words.
import "./journeys.mjs";
import "./languages.mjs";
import "./looks.mjs";
import "./readers.mjs";
import "./reader_looks.mjs";
import "./quoting.mjs";
import "./weight.mjs";
import "./whole.mjs";
import "./hostile.mjs";
import "./embed.mjs";
import "./common_ground.mjs";
import "./leaving.mjs";
import "./merging.mjs";
import "./notes.mjs";
import "./openid.mjs";
import "./second_factor.mjs";
import { runAll } from "./harness.mjs";

process.exitCode = (await runAll(process.argv.slice(2))) ? 0 : 1;
