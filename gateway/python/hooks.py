"""How schemathesis sends bodies of seeds: the text as it is."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def ndjson(ctx, value):
    return str(value).encode()
