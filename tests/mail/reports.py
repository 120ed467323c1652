"""Delivery reports as mail servers write them."""

from __future__ import annotations

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.company.example>
To: {to}
Subject: Undelivered: {key}
Date: {date}
Message-ID: <{key}@mx.company.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain; charset=utf-8

Your mail could not be delivered.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.company.example
Arrival-Date: Wed, 13 Jan 2027 11:00:00 +0000

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} {words}

--=b
{returned}
--=b--
"""


def report(
    key: str,
    *,
    to: str = "bounces@filo.example",
    recipient: str = "ada@company.example",
    action: str = "failed",
    status: str = "5.1.1",
    words: str = "No such user here",
    date: str = "Wed, 13 Jan 2027 13:00:00 +0100",
    returned_headers: str = "Subject: Workshop",
    only_headers: bool = False,
) -> bytes:
    kind = "text/rfc822-headers" if only_headers else "message/rfc822"
    body = "" if only_headers else "\n\nText\n"
    return REPORT.format(
        key=key,
        to=to,
        recipient=recipient,
        action=action,
        status=status,
        words=words,
        date=date,
        returned=f"Content-Type: {kind}\n\n{returned_headers}\n{body}",
    ).encode()
