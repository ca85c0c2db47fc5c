"""The forms of the judgement."""

from assessments.forms.choosing import ChooseQuotesForm
from assessments.forms.judging import AssessmentForm
from assessments.forms.replying import ReplyForm
from assessments.forms.review import AskReplyForm, RemarkForm
from assessments.forms.second_reading import AskSecondForm, CancelForm, ConsensusForm, GiveForm

__all__ = [
    "AskReplyForm",
    "AskSecondForm",
    "AssessmentForm",
    "CancelForm",
    "ChooseQuotesForm",
    "ConsensusForm",
    "GiveForm",
    "RemarkForm",
    "ReplyForm",
]
