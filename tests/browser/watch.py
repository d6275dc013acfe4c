"""What a page must never do, seen from its browser; and what it transfers."""

from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`));
"""


class Watch:
    """Collects requests to other hosts, script errors, console errors and violations of the content policy."""

    def __init__(self, page: Page, address: str) -> None:
        self.troubles: list[str] = []
        self.address = address
        self.pages: set[str] = set()
        page.add_init_script(TELL_VIOLATIONS)
        page.on("request", self.request)
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def request(self, request: Request) -> None:
        if request.is_navigation_request():
            self.pages.add(request.url)
        if not request.url.startswith((self.address + "/", "data:")):
            self.troubles.append(f"asked another host: {request.url}")

    def console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # Chromium reports the status of an error page itself (404, 422) as an error of the console
        if message.text.startswith("Failed to load resource") and message.location["url"] in self.pages:
            return
        self.troubles.append(f"{message.type}: {message.text} ({message.location['url']})")


class Meter:
    """Counts the bytes on the wire of each page load, as a browser with an empty cache sees it."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self.by_address: dict[str, int] = {}
        self._names: dict[str, str] = {}
        protocol = page.context.new_cdp_session(page)
        protocol.on("Network.requestWillBeSent", self._sent)
        protocol.on("Network.loadingFinished", self._finished)
        protocol.send("Network.enable")
        protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _sent(self, event: dict[str, Any]) -> None:
        if event["type"] == "Document":
            self.bytes, self.by_address = 0, {}
        self._names[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        size = round(event["encodedDataLength"])
        self.bytes += size
        name = self._names.get(event["requestId"], "?")
        self.by_address[name] = self.by_address.get(name, 0) + size
