"""The site store: rounds, ideas, reviews, officials, the event log, what is published.

It never holds who may vote, a ballot, or an answer to a survey.
"""

from __future__ import annotations

from pb_engine.store.site.appeals import Appeal, Appeals
from pb_engine.store.site.assessments import Assessments
from pb_engine.store.site.bounces import Bounce, Bounces
from pb_engine.store.site.comments import Comment, Comments
from pb_engine.store.site.consents import Consents
from pb_engine.store.site.deliveries import Deliveries
from pb_engine.store.site.desk_sessions import DeskSession, DeskSessions
from pb_engine.store.site.digest_stops import DigestStops
from pb_engine.store.site.follows import Follow, Follows
from pb_engine.store.site.idea_drafts import IdeaDrafts, KeptDraft
from pb_engine.store.site.idea_lines import IdeaLine, IdeaLines
from pb_engine.store.site.idea_search import IdeaSearch
from pb_engine.store.site.ideas import Ideas
from pb_engine.store.site.invitations import Invitation, Invitations
from pb_engine.store.site.leftovers import Leftovers
from pb_engine.store.site.letter_texts import LetterTexts
from pb_engine.store.site.links import IdeaLinks
from pb_engine.store.site.log import Cursors, Log
from pb_engine.store.site.messages import Messages, OutMessage
from pb_engine.store.site.news import News, NewsItem
from pb_engine.store.site.newsletters import Newsletter, Newsletters
from pb_engine.store.site.notes import RoundNotes
from pb_engine.store.site.officials import Official, Officials
from pb_engine.store.site.papers import Papers
from pb_engine.store.site.pictures import Picture, Pictures
from pb_engine.store.site.publications import Counts, Publication, PublicationLine, Publications
from pb_engine.store.site.reaching import ReachingWork
from pb_engine.store.site.reports import RoundReports
from pb_engine.store.site.round_drafts import RoundDraft, RoundDrafts
from pb_engine.store.site.rounds import Freeze, Freezes, Rounds, StoredRound
from pb_engine.store.site.rule_comments import RuleComment, RuleComments
from pb_engine.store.site.security_keys import SecurityKey, SecurityKeys
from pb_engine.store.site.shapes import Shape, Shapes
from pb_engine.store.site.supports import Supports
from pb_engine.store.site.throttles import Throttles, Tries
from pb_engine.store.site.translations import Translations
from pb_engine.store.site.works import Works
from pb_engine.store.unit import Unit

__all__ = [
    "Appeal",
    "Bounce",
    "Comment",
    "DeskSession",
    "Follow",
    "Freeze",
    "IdeaLine",
    "Invitation",
    "KeptDraft",
    "NewsItem",
    "Newsletter",
    "Official",
    "OutMessage",
    "Picture",
    "Publication",
    "PublicationLine",
    "RoundDraft",
    "RuleComment",
    "SecurityKey",
    "Shape",
    "SiteWork",
    "StoredRound",
    "Tries",
]


class SiteWork(ReachingWork):
    """What can be done in the site store, within one transaction."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.rounds = Rounds(unit)
        self.freezes = Freezes(unit)
        self.round_drafts = RoundDrafts(unit)
        self.rule_comments = RuleComments(unit)
        self.papers = Papers(unit)
        self.ideas = Ideas(unit)
        self.supports = Supports(unit)
        self.comments = Comments(unit)
        self.consents = Consents(unit)
        self.follows = Follows(unit)
        self.appeals = Appeals(unit)
        self.assessments = Assessments(unit)
        self.idea_lines = IdeaLines(unit)
        self.idea_drafts = IdeaDrafts(unit)
        self.pictures = Pictures(unit)
        self.idea_search = IdeaSearch(unit)
        self.links = IdeaLinks(unit)
        self.log = Log(unit)
        self.cursors = Cursors(unit)
        self.messages = Messages(unit)
        self.bounces = Bounces(unit)
        self.digest_stops = DigestStops(unit)
        self.officials = Officials(unit)
        self.desk_sessions = DeskSessions(unit)
        self.security_keys = SecurityKeys(unit)
        self.invitations = Invitations(unit)
        self.publications = Publications(unit)
        self.counts = Counts(unit)
        self.shapes = Shapes(unit)
        self.throttles = Throttles(unit)
        self.letter_texts = LetterTexts(unit)
        self.news = News(unit)
        self.newsletters = Newsletters(unit)
        self.works = Works(unit)
        self.deliveries = Deliveries(unit)
        self.leftovers = Leftovers(unit)
        self.notes = RoundNotes(unit)
        self.reports = RoundReports(unit)
        self.translations = Translations(unit)
