"""From a plain transcript to TEI: structure, editorial brackets, names and dates, each decision with its reason.

    Transcript ─structure─▶ blocks ─brackets, names, dates─▶ spans ─writing─▶ TEI ─fidelity─▶ Encoding

Nothing here changes the text: every step says of stretches of it (in code points) what they are, and the TEI is written
from the text itself, so no word can be lost or invented. It knows nothing of sites, builds or the command line.
"""
