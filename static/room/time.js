/** lasting: seconds as hours, minutes and seconds. */
export function lasting(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

const pad = (number) => String(number).padStart(2, "0");
