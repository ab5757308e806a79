/** arrived: how many have come, of those who were expected. */
import { t } from "../room/words.js";

export const arrived = ({ arrived: count, expected }) => t(count > expected ? "console.arrived_more" : "console.arrived", { arrived: count, expected });
