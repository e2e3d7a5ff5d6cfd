"""What a browser can find out about a page that is open: each check names what is wrong."""

from __future__ import annotations

import re
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

from web.themes.theme import CONTRAST, read_theme

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Everything else that axe tells of a page takes longer to carry over than to find out.
_ASK_AXE = """options => axe.run(document, options).then(told => told.violations.map(
  one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"""
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; "
    "word-spacing: .16em !important } p { margin-block-end: 2em !important }"
)
"""WCAG 2.2, criterion 1.4.12."""
_MOST_STOPS = 150
_SCRIPT = Axe().axe_script

# A sheet that a script adopts is not bound by the policy for inline styles.
_ADOPT = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
_TOO_WIDE = """() => {
  const root = document.documentElement, most = root.clientWidth;
  if (root.scrollWidth <= most) return [];
  const boxes = [...document.body.querySelectorAll('*')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > most + 1 || box.left < -1) && !one.closest('.scroll');
  });
  return [`${root.scrollWidth - most} pixels too wide: ` +
    boxes.slice(0, 3).map(one => one.outerHTML.slice(0, 80)).join(' | ')];
}"""
# Links within a sentence may be smaller (2.5.8), and so may what the browser draws itself.
_TOO_SMALL = """() => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary')]
  .filter(one => one.type !== 'hidden' && one.offsetParent !== null
    && !one.closest('.unseen, .skip'))
  .map(one => [one, (one.closest('label') || one).getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.width < 24 || box.height < 24))
  .filter(([one]) => !(one.tagName === 'A' && getComputedStyle(one).display === 'inline'))
  .filter(([one]) => !(['radio', 'checkbox'].includes(one.type) && one.labels.length))
  .map(([one, box]) => `${Math.round(box.width)} by ${Math.round(box.height)}: ` +
    one.outerHTML.slice(0, 80))"""
_MOVING = """() => [...document.querySelectorAll('*')]
  .filter(one => {
    const style = getComputedStyle(one);
    return [style.transitionDuration, style.animationDuration]
      .some(told => told.split(',').some(part => parseFloat(part) > 0.01));
  }).map(one => one.outerHTML.slice(0, 80)).slice(0, 3)"""
_FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  // A link within a sentence may be broken over two lines: then its first piece must be seen.
  const box = one.getClientRects()[0] || one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const label = one.closest('label') || (one.labels && one.labels[0]);
  const seen = box.bottom > 0 && box.top < innerHeight && top &&
    (one.contains(top) || top.contains(one) || (label && label.contains(top)));
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== 'none';
  if (!one.dataset.stop) one.dataset.stop = String(window.stops = (window.stops || 0) + 1);
  return {stop: one.dataset.stop, seen: Boolean(seen), marked, what: one.outerHTML.slice(0, 90)};
}"""


THEME_NAME = "contrast"
CONTRAST_ONLY = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
THEME = read_theme(CONTRAST).css()
"""The other theme that is shipped: the same names, other values, so it can lie over the first."""
_SECRETS = re.compile(r'(name="csrf_token" value|data-nonce|nonce)="[^"]*"')


def markup(page) -> str:
    """Return the page as it stands, without what differs at every visit."""
    return _SECRETS.sub("", page.evaluate("document.documentElement.outerHTML"))


@contextmanager
def scripts_for_a_moment(page):
    """Let axe run on a page that was loaded without scripts; what it did not run stays undone."""
    session = page.context.new_cdp_session(page)
    # Off and on again: a session that never switched them off has nothing to switch on.
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    session.send("Emulation.setScriptExecutionDisabled", {"value": False})
    yield
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    session.detach()


def in_the_other_theme(page) -> list[str]:
    """Return what cannot be read or sticks out in the second theme."""
    page.evaluate(_ADOPT, THEME)
    found = [*too_wide(page), *_asked(page, CONTRAST_ONLY)]
    page.evaluate(_ADOPT, "")
    return [f"{THEME_NAME}: {one}" for one in found]


def axe(page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and good practice."""
    return _asked(page, AXE)


def _asked(page, options) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    return page.evaluate(_ASK_AXE, options)


def too_wide(page) -> list[str]:
    """Return what sticks out sideways."""
    return page.evaluate(_TOO_WIDE)


def too_small(page) -> list[str]:
    """Return what is too small to hit: under 24 by 24 pixels (2.5.8)."""
    return page.evaluate(_TOO_SMALL)


def crowded(page) -> list[str]:
    """Return what sticks out when somebody spaces the text for reading."""
    page.evaluate(_ADOPT, SPACING)
    found = too_wide(page)
    page.evaluate(_ADOPT, "")
    return found


def mirrored(page) -> list[str]:
    """Return what sticks out when the page runs from right to left."""
    before = page.evaluate("document.documentElement.dir")
    page.evaluate("document.documentElement.dir = 'rtl'")
    found = too_wide(page)
    page.evaluate("dir => { document.documentElement.dir = dir }", before)
    return found


def moving(page) -> list[str]:
    """Return what moves although the visitor asked for less motion."""
    return page.evaluate(_MOVING)


def walked(page) -> list[str]:
    """Go through the page with the Tab key; return where the focus is lost, hidden or unmarked."""
    wrong, stops = [], set()
    page.evaluate("window.stops = 0; document.activeElement.blur(); scrollTo(0, 0)")
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        now = page.evaluate(_FOCUSED)
        if now is None or now["stop"] in stops:
            break
        stops.add(now["stop"])
        if not now["seen"]:
            wrong.append(f"the focus is hidden: {now['what']}")
        if not now["marked"]:
            wrong.append(f"the focus has no mark: {now['what']}")
    else:
        wrong.append(f"the focus never comes round in {_MOST_STOPS} steps")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
          .filter(one => one.type !== 'hidden' && one.tabIndex >= 0 && one.offsetParent !== null
            && !one.disabled && !one.dataset.stop && one.type !== 'radio'
            && !(one.closest('details:not([open])') && one.tagName !== 'SUMMARY'))
          .map(one => one.outerHTML.slice(0, 90))"""
    )
    return [*wrong, *(f"the keyboard does not reach {one}" for one in wanted[:3])]
