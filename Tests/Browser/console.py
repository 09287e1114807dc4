#!/usr/bin/env python3
"""Drives the console in a headless browser: sends claims, sends them again, decides waiting claims, reads the timeline.

Every page must be free of console errors and of what axe-core finds (labels, contrast, names, order), in light, in dark and
at the width of a phone. With --shots, keeps a picture of each.

    console.py PROGRAM [--shots DIR]
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

import paper_form

LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "is_mobile": True, "has_touch": True},
}


class Service:
    """A service with an empty store, in a folder of its own."""

    def __init__(self, program, folder):
        self.errors = open(pathlib.Path(folder) / "errors.txt", "w+")
        self.process = subprocess.Popen(
            [program, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE,
            stderr=self.errors, text=True)
        said = [self.process.stdout.readline() for _ in range(2)]
        self.url = re.search(r"listening on (\S+),", said[0]).group(1)
        self.token = re.search(r"paidonce_[0-9a-f]+", said[1]).group(0)

    def close(self):
        self.process.terminate()
        return self.process.wait(timeout=60)


class Visitor:
    """Somebody with a browser, and all that is wrong with what they see."""

    def __init__(self, browser, service, look, shots):
        self.look, self.shots, self.url = look, shots, service.url
        self.context = browser.new_context(**LOOKS[look])
        self.page = self.context.new_page()
        self.wrong = []
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.wrong.append(said.text))
        self.page.on("response", lambda answer: answer.status == 404 and self.wrong.append(f"404 {answer.url}"))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def open(self, path):
        self.page.goto(self.url + path)

    def sign_in(self, token):
        self.open("/")
        self.look_at("sign-in")
        self.page.get_by_label("Token").fill(token)
        self.page.get_by_role("button", name="Sign in").click()

    def look_at(self, name):
        """Checks the page that is open, and keeps a picture of it."""
        if self.shots:
            self.page.screenshot(path=self.shots / f"{name}-{self.look}.png", full_page=True)
        for found in Axe().run(self.page).response["violations"]:
            places = ", ".join(node["html"][:90] for node in found["nodes"][:3])
            self.wrong.append(f"{name}: {found['id']}: {found['help']}: {places}")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.expect(wide <= 0, f"{name}: the page is {wide} pixels wider than the window")

    def expect(self, is_so, what):
        if not is_so:
            self.wrong.append(what)

    def shows(self, text):
        said = self.page.inner_text("main")
        self.expect(text in said, f"{self.page.url} does not show {text!r}, but {said[:200]!r}")


def work(visitor, token):
    """A day: claims come, come again, and are decided."""
    page = visitor.page
    visitor.sign_in(token)
    visitor.shows("Nothing is here yet")
    visitor.look_at("new")
    page.get_by_role("button", name="Try the sample claims").click()
    visitor.shows("15 claims: 7 paid now, 0 answered from the record")
    visitor.look_at("sent")
    page.reload()  # The browser sends the same form again.
    visitor.shows("This form was sent before. Nothing was done again")
    visitor.open("/send")
    visitor.look_at("send")
    page.get_by_role("button", name="Send the sample claims").click()
    visitor.shows("15 claims: 0 paid now, 15 answered from the record")

    visitor.open("/work")
    visitor.look_at("work")
    page.keyboard.press("j")
    visitor.expect(page.evaluate("document.activeElement.textContent") == "DEMO-013", "j does not reach the first claim")
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/CLM-*")
    visitor.look_at("waiting")
    page.get_by_role("button", name="Release").click()
    visitor.shows("say why: the reason is on record")
    page.get_by_text("Write a note, or say who looks after it").click()
    page.get_by_label("Note", exact=True).fill("asked for the report")
    page.get_by_role("button", name="Write it down").click()
    visitor.shows("asked for the report")
    release = page.locator("form", has=page.get_by_role("heading", name="Let it go"))
    release.get_by_label("Reason", exact=True).fill("the provider called")
    release.get_by_role("button", name="See what would come of it").click()
    visitor.shows("Nothing is changed. It would be allowed")
    page.get_by_role("button", name="Release").click()
    visitor.shows("Done: this claim takes the place of the one that waited.")
    visitor.shows("the provider called")
    visitor.shows("claim-paid")
    visitor.look_at("decided")
    visitor.open("/bulk")
    page.locator("select[name=act]").select_option("adjust")
    page.locator("select[name=cause]").select_option("rules")
    page.get_by_role("button", name="See what it would do").click()
    visitor.shows("It would be: adjust rules, on 14 claims")
    visitor.look_at("plan")
    visitor.open("/holds")
    page.get_by_label("Payee: its NPI").fill("1999999999")
    page.get_by_label("Reason", exact=True).fill("suspected fraud")
    page.get_by_role("button", name="Hold", exact=True).click()
    visitor.shows("No claim of such a payee is on record")
    visitor.look_at("held")
    page.go_back()
    visitor.open("/claims?status=paid")
    page.locator(".list a").first.click()
    page.locator(".timeline a", has_text="pay").click()
    visitor.shows("SHA-256 of the response")
    visitor.look_at("key")
    desk(visitor)


def desk(visitor):
    """A paper form in doubt comes, is corrected beside its picture, and is accepted."""
    page = visitor.page
    visitor.open("/send")
    page.get_by_label("A file").set_input_files(
        {"name": "form.pdf", "mimeType": "application/pdf", "buffer": paper_form.pdf()})
    page.get_by_role("button", name="Send the file").click()
    visitor.shows("paper form")
    visitor.open("/work")
    visitor.shows("1 paper form waits at the intake desk")
    visitor.open("/forms")
    visitor.look_at("forms")
    page.locator(".list a").first.click()
    page.wait_for_url("**/forms/FRM-*")
    visitor.shows("One field is in doubt")
    drawn = page.evaluate("""async () => {
      const picture = new Image();
      picture.src = document.querySelector("svg.pages image").getAttribute("href");
      await picture.decode();
      return picture.naturalWidth;
    }""")
    visitor.expect(drawn > 600, f"the picture of the page is {drawn} pixels wide")
    visitor.look_at("form")
    page.get_by_label("What 28 says").fill(paper_form.TOTAL)
    page.get_by_role("button", name="Set 28", exact=True).click()
    visitor.shows("The value is on record.")
    accept = page.locator("form", has=page.get_by_role("heading", name="Accept it"))
    accept.get_by_label("Reason").fill("checked")
    accept.get_by_role("button", name="Accept").click()
    visitor.shows("The form is a claim now.")
    visitor.look_at("accepted")


def look_around(visitor, token):
    """The other pages, on what the day has left."""
    visitor.sign_in(token)
    visitor.look_at("today")
    visitor.open("/claims?status=denied")
    visitor.look_at("claims")
    visitor.page.locator(".list a").first.click()
    visitor.look_at("denied")
    for path in (
            "/work", "/forms", "/send", "/members", "/remittances", "/keys", "/queue", "/bulk", "/holds", "/batches"):
        visitor.open(path)
        visitor.look_at(path.strip("/"))
    visitor.open("/members")
    visitor.page.get_by_label("Member number").fill("PO5001")
    visitor.page.get_by_role("button", name="Open").click()
    visitor.shows("What is used of the year's limits")
    visitor.look_at("member")
    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.expect(visitor.page.url.endswith("/sign-in"), "signing out does not lead to the way in")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    options = parser.parse_args()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    wrong, pages = [], 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        service = Service(options.program.resolve(), folder)
        browser = player.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        try:
            for look in LOOKS:
                for visit in ([work] if look == "light" else []) + [look_around]:
                    visitor = Visitor(browser, service, look, options.shots)
                    # What the page refuses is answered with 400, which a browser reports in its console.
                    visit(visitor, service.token)
                    wrong += [f"{look}: {text}" for text in visitor.wrong if "400 (Bad Request)" not in text]
                    pages += 1
        finally:
            browser.close()
            code = service.close()
        if code != 0:
            wrong.append(f"the service ended with {code}")
    for text in sorted(set(wrong)):
        print(text)
    print(f"{pages} visits, {len(set(wrong))} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
