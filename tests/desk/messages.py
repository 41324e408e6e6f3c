"""Messages made for tests, byte for byte the same each time."""

from email.message import EmailMessage

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def acknowledgement(
    number: str = "2026-ICFO-01234", *, sender: str = "ICE FOIA <ice-foia@ice.dhs.gov>", body: str = "", **headers: str
) -> bytes:
    """Return an agency's acknowledgement with one attachment."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "records@lantern.example"
    message["Subject"] = f"FOIA request {number}"
    message["Date"] = "Mon, 05 Jan 2026 09:30:00 -0500"
    message["Message-ID"] = f"<{number}@ice.example>"
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    message.set_content(
        body or f"This e-mail acknowledges receipt of your request. Your tracking number is {number}.\n"
    )
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="acknowledgement.pdf")
    return bytes(message)
