"""Warnings about an article as a whole: what a user of the text must know before trusting it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from artextract.lazy import lazy_pattern
from artextract.model import Document, Note, Ruling

WALL = lazy_pattern(
    r"subscribe (?:now )?to (?:continue|keep) reading"
    r"|(?:to continue|continue) reading[,.:]? (?:please )?(?:subscribe|log in|sign in|register)"
    r"|this (?:article|content|story) is (?:only available|reserved|exclusively) (?:to|for)"
    r" (?:our )?(?:subscribers|members)"
    r"|already a subscriber\?|subscriber[- ]only (?:article|content)"
    r"|you(?:'|’)ve reached your (?:free )?(?:article )?limit"
    r"|please (?:enable|accept) (?:all )?cookies to|before you continue to|we value your privacy"
    r"|lesen sie (?:diesen artikel|weiter) mit|weiterlesen mit|jetzt abonnieren und weiterlesen|nur für abonnenten"
    r"|réservé aux abonnés|abonnez-vous pour lire|contenido exclusivo para suscriptores|suscríbete para seguir"
    r"|conteúdo exclusivo para assinantes|contenuto riservato agli abbonati|pozostało \d{1,3} ?% treści"
    r"|только для подписчиков|оформите подписку, чтобы|登录后(?:阅读|查看)全文|登入後(?:閱讀|查看)全文"
    r"|会员专享|開通會員"
    r"|付费(?:阅读|内容)|会員限定記事|この記事は有料|続きを読むには|구독자 전용|للمشتركين فقط|μόνο για συνδρομητές",
    re.IGNORECASE,
)
"""Words of a wall before the text: a subscription, a log-in, a consent. Search is linear."""

SHORT = 1500  # characters: a wall's words say something only beside a short body
SCRIPT_ONLY = 400  # visible characters of a page that its scripts were to fill


def warnings_of(document: Document, rulings: list[tuple[Ruling, ...]]) -> Iterator[Note]:
    """Notes with the codes `no-article`, `body-from-embedded-data`, `mostly-links`, `wall`, `script-only`."""
    kept = linked = visible = 0
    embedded = False
    for block, ranges in zip(document.blocks, rulings, strict=True):
        length = sum(r.end - r.start for r in ranges if r.label == "body")
        kept += length
        embedded = embedded or (length > 0 and block.origin == "embedded")
        if block.origin == "page":
            visible += len(block.text)
            linked += min(block.link_chars, length)
    if not kept:
        yield Note("no-article", "no text of this page was kept as its body")
    if embedded:
        yield Note("body-from-embedded-data", "the page shows no body of its own; it was read from data in its markup")
    if kept and 2 * linked > kept:
        yield Note(
            "mostly-links", "more than half of the kept text are links: this looks like an index, not an article"
        )
    if document.reading.page.scripted and visible < SCRIPT_ONLY and not embedded:
        yield Note("script-only", "the page has almost no text without its scripts; save it after they have run")
    if kept < SHORT and any(WALL.search(block.text[:1000]) for block in document.blocks if block.origin == "page"):
        yield Note("wall", "the page asks for a subscription, a log-in or consent, and the kept text is short")
