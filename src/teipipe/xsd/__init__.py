"""XML Schema, by the library xmlschema: opens schemas safely, and says what is wrong in the words of RELAX NG's engine.

xmlschema has the verdict. What it would say of a document is known sooner in most cases, and better explained in
nearly all, by a grammar in RELAX NG made of the same schema: a narrow one, that nothing fits which doesn't fit the
schema, and a wide one, which may let through what only xmlschema sees.
"""
