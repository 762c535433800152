"""Where things lie in the payload of a package; all paths are POSIX and start from data/."""

from __future__ import annotations

from typing import Final

#: The number of this layout; it grows when a later version of teipipe could not read an earlier one without knowing.
FORMAT: Final = 1

#: What the package says of itself, for programs: `deposit.Package` as JSON.
DESCRIPTION: Final = "deposit.json"

#: The project as it was: configuration, documents, register, sources, schemas, its own stylesheets; a folder that
#: teipipe can work on.
PROJECT: Final = "project"

#: Every file of the built edition, its manifest included.
EDITION: Final = "edition"

#: What was compiled from the ODD, and its documentation.
SCHEMA: Final = "schema"

#: Schemas from the web that documents name, under the names that they are kept by.
FETCHED: Final = "schema/fetched"

#: What made the edition: the stylesheets that come with teipipe, which versions of which packages ran, and teipipe
#: itself, as a wheel whose name goes on with its version.
SOFTWARE: Final = "software"
STYLESHEETS: Final = "software/xslt"
REQUIREMENTS: Final = "software/requirements.txt"
PROGRAM: Final = "software/teipipe-"

#: What validation found when the package was made (validation.txt, .json, .html), and what changed since the last one.
REPORTS: Final = "reports"
CHANGES: Final = "reports/changes"

#: Metadata: of the edition, and below documents/ID/ of each document.
METADATA: Final = "metadata"
PREMIS: Final = "metadata/premis.xml"

#: Files whose names and places their standards give.
CRATE: Final = "ro-crate-metadata.json"
CITATION: Final = "CITATION.cff"
ZENODO: Final = ".zenodo.json"
README: Final = "README.html"
README_TEXT: Final = "README.txt"
