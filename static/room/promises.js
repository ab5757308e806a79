/** promises: what is in force, what waits, who was seen to keep what; what has ended stands below. */
import { h } from "./dom.js";
import { t } from "./words.js";
import { letters, marks } from "./marks.js";
import { sentence, treaty } from "./treaty.js";

const SIGNS = { kept: ["✓", "good"], broken: ["✗", "bad"], suspended: ["…", "soft"], lapsed: ["†", "bad"], expired: ["–", "soft"], quit: ["↤", "bad"] };

export function promises(room) {
  const { duties, institutions } = room.promises;
  const lives = (one) => one.status === "in_force" || one.status === "suspended";
  const ended = [...duties.filter((one) => !lives(one)).map(duty), ...institutions.filter((one) => !one.in_force).map(institution)];
  const live = [...institutions.filter((one) => one.in_force).map(institution), ...duties.filter(lives).map(duty)];
  const soon = room.room.phase === "orders" ? room.texts.texts.filter((text) => text.status === "adopted") : [];
  return [
    soon.length > 0 && [h("p", { class: "soft" }, t("ui.promises_soon")), soon.map((text) => treaty(text.package, room.seatCodes))],
    live.length === 0 && soon.length === 0 && h("p", { class: "soft empty" }, t("ui.promises_none")),
    live.length > 0 && h("ul", { class: "promises" }, live),
    ended.length > 0 && h("details", { class: "ended" }, h("summary", null, `${t("ui.promises_over")} (${ended.length})`), h("ul", { class: "promises" }, ended)),
  ];
}

export function duty(one) {
  return h(
    "li",
    { key: one.id, "data-promise": one.id, "data-status": one.status },
    h("p", { class: "clauseline" }, h("span", { class: "soft" }, `${one.id} `), sentence({ ...one.duty, if: undefined })),
    h(
      "p",
      { class: "soft" },
      one.status !== "in_force" && t(`promise_status.${one.status}`),
      one.conditions.length > 0 && ` ${t("ui.if_kept", { number: one.conditions.join(", ") })}`,
    ),
    one.marks.length > 0 && h("p", { class: "keeping" }, one.marks.map(([round, code]) => seen(round, code))),
  );
}

function seen(round, code) {
  const [sign, tone] = SIGNS[code] ?? ["?", "soft"];
  return h("span", { key: `${round}${code}`, class: tone }, h("span", { "aria-hidden": "true" }, sign), ` ${t(`mark.${code}`)} `, h("span", { class: "soft" }, t("ui.promise_from", { round })));
}

function institution(one) {
  return h(
    "li",
    { key: `${one.id}-${one.adopted}`, "data-institution": one.id, "data-status": one.in_force ? "in_force" : "lapsed" },
    h("p", { class: "clauseline" }, h("strong", null, t(`institution.${one.id}`)), " ", marks(one.members, letters, " ")),
    h(
      "p",
      { class: "soft" },
      !one.in_force && `${t("promise_status.lapsed")} · `,
      t("ui.kept_rounds", { count: one.rounds_kept }),
      one.wide && ` · ${t("ui.wide")}`,
    ),
    one.breaches.length > 0 && h("p", { class: "bad" }, `✗ ${t("ui.breaches", { seats: one.breaches.map(([, seat]) => seat) })}`),
  );
}
