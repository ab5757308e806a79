// While a round is drawn: how far it is, and the page anew once it is done.
const drawing = document.getElementById("drawing");
const share = document.getElementById("share");

async function look() {
  try {
    const answer = await fetch(drawing.dataset.progress);
    const state = await answer.json();
    if (state.state !== "drawing" || state.refusal) {
      location.reload();
      return;
    }
    share.value = state.share ?? 0;
  } catch {
    // The next look may be answered.
  }
  setTimeout(look, 700);
}

if (drawing) setTimeout(look, 700);
