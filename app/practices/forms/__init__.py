"""The shape of what is typed about practices. Choices come from the views, verdicts from the verbs."""

from __future__ import annotations

from app.practices.forms.contacting import MessageForm as MessageForm
from app.practices.forms.keeping import AuthorForm as AuthorForm
from app.practices.forms.keeping import FileForm as FileForm
from app.practices.forms.keeping import LengthsForm as LengthsForm
from app.practices.forms.keeping import SheetForm as SheetForm
from app.practices.forms.keeping import UseForm as UseForm
from app.practices.forms.origin import OriginForm as OriginForm
from app.practices.forms.reviewing import CommentForm as CommentForm
from app.practices.forms.reviewing import ExpertForm as ExpertForm
from app.practices.forms.reviewing import StepForm as StepForm
from app.practices.forms.writing import PracticeForm as PracticeForm
