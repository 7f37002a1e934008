package dev.jtask.protocol.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.jtask.protocol.json.Limits;
import dev.jtask.protocol.json.TypedJson;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads the embed of a body that is not to be read whole. The arguments before it are passed over, and take no memory
/// whatever they are.
final class Skimmer {

    /// What is expanded for it, which takes time alone.
    private static final long MOST = 512L << 20;

    /// Arguments that are nested more deeply take memory after all.
    private static final int DEPTH = 10_000;

    /// What comes after the embed does not count.
    private static final ObjectReader EMBED =
            TypedJson.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Skimmer() {}

    /// The body without its arguments: `[null, null, embed]`.
    ///
    /// @throws IOException when it is no such body, as far as it was read
    static JsonNode parts(WireMessage message) throws IOException {
        var compression = message.properties().headers().get(HeaderNames.COMPRESSION);
        try (var in = new Bounded(
                        Compression.open(message.body(), compression == null ? null : String.valueOf(compression)));
                var parser = json().createParser(in)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return MissingNode.getInstance();
            }
            pass(parser);
            pass(parser);
            in.allow(Limits.SMALL_BODY_BYTES);
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? JsonNodeFactory.instance.arrayNode().addNull().addNull().add(EMBED.<JsonNode>readTree(parser))
                    : MissingNode.getInstance();
        }
    }

    /// A new one each time: what one has read, all that it reads later would suffer from.
    private static JsonFactory json() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    private static void pass(JsonParser parser) throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }

    /// Ends after so many bytes.
    private static final class Bounded extends FilterInputStream {

        private long left = MOST;

        Bounded(InputStream in) {
            super(in);
        }

        /// From here on so many more at most.
        void allow(long more) {
            left = Math.min(left, more);
        }

        @Override
        public int read() throws IOException {
            int next = left > 0 ? super.read() : -1;
            left -= next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            int count = left > 0 ? super.read(bytes, from, (int) Math.min(most, left)) : -1;
            left -= Math.max(0, count);
            return count;
        }
    }
}
