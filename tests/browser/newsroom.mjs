// What the invented newsroom holds, read from its own files, so that the journeys know what a reader should find.
import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../../demo/newsroom/", import.meta.url);

function readStory(file) {
    const text = readFileSync(new URL(file, folder), "utf8");
    const headline = /^headline: (.*)$/m.exec(text)[1];
    const lines = text.match(/^=== (?!sides |note \|).*$/gm);
    return {
        headline,
        storyline: /^storyline: (.*)$/m.exec(text)?.[1],
        language: /^language: (.*)$/m.exec(text)[1],
        comments: lines.length,
        visible: lines.filter((line) => !/\| (held|withdrawn|removed)/.test(line)).length,
    };
}

export const stories = readdirSync(folder)
    .filter((file) => file.endsWith(".txt") && !["storylines.txt", "votes.txt"].includes(file))
    .map(readStory);

export const longest = stories.find(({ comments }) => comments === 400);
