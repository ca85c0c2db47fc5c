"""Judgement: how well the agreements of one coalition address one theme, and on what evidence."""

from assessments.models.advice import AdviceMessage, AdviceRequest, PublishedAdvice
from assessments.models.assessment import Assessment, Level
from assessments.models.chosen_quote import ChosenQuote, QuoteChoice
from assessments.models.evidence import Absence, Evidence
from assessments.models.reply import Reply
from assessments.models.review import Remark
from assessments.models.second_reading import Draw, SecondReading

__all__ = [
    "Absence",
    "AdviceMessage",
    "AdviceRequest",
    "Assessment",
    "ChosenQuote",
    "Draw",
    "Evidence",
    "Level",
    "PublishedAdvice",
    "QuoteChoice",
    "Remark",
    "Reply",
    "SecondReading",
]
