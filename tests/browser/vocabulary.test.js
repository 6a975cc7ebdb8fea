// What the site tells machines, read by the hands of others: schema.org's vocabulary as types, and a calendar program's
// own parser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

import ICAL from "ical.js";

import { FILES, PAGES, read } from "./site.js";

const require = createRequire(import.meta.url);
const TYPES = readFileSync(path.join(path.dirname(require.resolve("schema-dts")), "schema.d.ts"), "utf8");

/** Each interface of the vocabulary: what it extends, and its own properties. */
const INTERFACES = new Map(
  [...TYPES.matchAll(/^(?:export )?interface (\w+)(?: extends ([^{]+?))? \{\n([\s\S]*?)^\}/gm)].map(
    ([, name, above, body]) => [
      name,
      {
        above: (above ?? "").split(",").map((one) => one.trim()).filter(Boolean),
        own: new Set([...body.matchAll(/^ {4}"([^"@]+)"\??:/gm)].map(([, property]) => property)),
        type: body.match(/^ {4}"@type": "(\w+)"/m)?.[1],
      },
    ],
  ),
);

/** The interface of each type. */
const OF_TYPE = new Map([...INTERFACES].filter(([, it]) => it.type).map(([name, it]) => [it.type, name]));

function knows(name, property) {
  const it = INTERFACES.get(name);
  return it !== undefined && (it.own.has(property) || it.above.some((above) => knows(above, property)));
}

/** What the vocabulary does not know in a node and in the nodes within it. */
function strange(node, where) {
  if (Array.isArray(node)) {
    return node.flatMap((item) => strange(item, where));
  }
  if (node === null || typeof node !== "object") {
    return typeof node === "string" && node.startsWith("https://schema.org/") && !TYPES.includes(`"${node}"`)
      ? [`${where}: no ${node}`]
      : [];
  }
  const type = node["@type"];
  const name = OF_TYPE.get(type);
  const found = name === undefined ? [`${where}: no type ${type}`] : [];
  for (const [property, value] of Object.entries(node)) {
    if (property === "@context") {
      continue;
    }
    if (!property.startsWith("@") && name !== undefined && !knows(name, property)) {
      found.push(`${where}: ${type} has no ${property}`);
    }
    found.push(...strange(value, where));
  }
  return found;
}

function graphs(file) {
  const scripts = [...read(file).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
  return scripts.map(([, text]) => JSON.parse(text)).flatMap((told) => told["@graph"] ?? [told]);
}

test("the vocabulary is there, and finds what is not in it", () => {
  assert.ok(OF_TYPE.size > 700 && knows(OF_TYPE.get("Hospital"), "telephone"), `${OF_TYPE.size} types`);
  assert.deepEqual(strange({ "@type": "JobPosting", titel: "a" }, "here"), ["here: JobPosting has no titel"]);
  assert.deepEqual(strange({ "@type": "Jobs" }, "here"), ["here: no type Jobs"]);
  const event = { "@type": "Event", eventStatus: "https://schema.org/EventCanceled" };
  assert.deepEqual(strange(event, "here"), ["here: no https://schema.org/EventCanceled"]);
});

test("every type and property that pages tell is schema.org's", () => {
  const told = new Set();
  const found = PAGES.flatMap((file) =>
    graphs(file).flatMap((node) => {
      told.add(node["@type"]);
      return strange(node, file);
    }),
  );
  assert.deepEqual(found, []);
  for (const type of ["JobPosting", "Event", "Hospital", "EducationalOccupationalProgram", "PublicationIssue", "Dataset"]) {
    assert.ok(told.has(type), `no page tells of a ${type}`);
  }
});

test("a calendar program reads every calendar", () => {
  const calendars = FILES.filter((file) => file.endsWith(".ics"));
  assert.ok(calendars.length > 2, `${calendars.length} calendars`);
  for (const file of calendars) {
    const calendar = new ICAL.Component(ICAL.parse(read(file)));
    const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
    const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
    assert.ok(events.length > 0, file);
    for (const event of events) {
      assert.ok(event.uid && event.summary && event.component.getFirstPropertyValue("dtstamp"), `${file}: ${event.uid}`);
      const { startDate, endDate } = event;
      assert.ok(!endDate || startDate.compare(endDate) < 0, `${file}: ${event.uid} ends before it begins`);
      const tzid = event.component.getFirstProperty("dtstart").getParameter("tzid");
      const zone = zones.find((known) => known.tzid === tzid);
      assert.equal(tzid !== undefined, zone !== undefined, `${file}: ${tzid} is not described`);
      if (zone?.tzid === "Asia/Tokyo") {
        assert.equal(zone.utcOffset(startDate), 9 * 60 * 60);
      }
    }
  }
});
