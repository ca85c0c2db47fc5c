"""Writes that touch more than one row, each whole or not at all."""

from assessments.actions.choosing import choose_quotes
from assessments.actions.drafting import judge_hits, save_draft
from assessments.actions.moving import clear, publish, send_back, submit, take_back, withdraw
from assessments.actions.refused import NotProven, Refused, Stale
from assessments.actions.remarks import answer_remark, remark, resolve_remark
from assessments.actions.replies import (
    NotLiteral,
    agree_with_all,
    answer_reply,
    ask_for_replies,
    close_reply,
    record_silence,
    remind,
    reply,
)
from assessments.actions.second_reading import (
    ask_second_readings,
    cancel_second_reading,
    give_second_reading,
    settle_second_reading,
)

__all__ = [
    "NotLiteral",
    "NotProven",
    "Refused",
    "Stale",
    "agree_with_all",
    "answer_remark",
    "answer_reply",
    "ask_for_replies",
    "ask_second_readings",
    "cancel_second_reading",
    "choose_quotes",
    "clear",
    "close_reply",
    "give_second_reading",
    "judge_hits",
    "publish",
    "record_silence",
    "remark",
    "remind",
    "reply",
    "resolve_remark",
    "save_draft",
    "send_back",
    "settle_second_reading",
    "submit",
    "take_back",
    "withdraw",
]
