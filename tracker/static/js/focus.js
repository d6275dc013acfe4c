// After an answer the news is read first; after a mistake, the field that has it.
export function focusNews() {
  const wrong = document.querySelector("[aria-invalid=true]") || document.querySelector("fieldset[aria-describedby$=error] :is(input, select)");
  const news = wrong || document.querySelector("[data-focus]");
  if (news) news.focus();
}
