// Choose the browser's own time zone in the sign-up form, if the server knows it.
export function guessZone() {
  const list = document.querySelector("select[data-guess=zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!list || list.value !== "UTC") return;
  if ([...list.options].some((option) => option.value === zone)) list.value = zone;
}
