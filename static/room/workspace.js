/** workspace: what this phase is for, as one sheet. */
import { packages } from "./packages.js";
import { orders } from "./orders.js";
import { reveal } from "./reveal.js";
import { briefing, lobby, over } from "./lobby.js";

const SHEETS = { lobby, briefing, talk: packages, vote: packages, orders, reveal, over };

export function workspace(room) {
  return SHEETS[room.room.phase](room);
}
