package dev.jtask.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.ByteSourceJsonBootstrapper;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// Reads a fraction that a double cannot hold as the decimal that it is, where Jackson would make it infinite, zero, or
/// another one: `1e400`, `1e-400`, twenty digits. All others are doubles, as everywhere. The names in one
/// document are no other's affair.
final class ExactFloats extends JsonFactory {

    private static final long serialVersionUID = 1;
    /// So many digits always come back from a double; so many characters hold no more.
    private static final int DOUBLE_DIGITS = 15;

    private final transient NameTables tables = new NameTables();

    ExactFloats(JsonFactoryBuilder options) {
        // no table where characters are read; where bytes are, Jackson would make them characters for it
        super(options.disable(Feature.CANONICALIZE_FIELD_NAMES).disable(Feature.INTERN_FIELD_NAMES));
    }

    private ExactFloats(JsonFactory other) {
        super(other, null);
    }

    @Override
    public JsonFactory copy() {
        return new ExactFloats(this);
    }

    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
        // of which nobody knows how long it is
        return new Exact(parser(new ByteSourceJsonBootstrapper(context, in), new NameTables.Table()));
    }

    @Override
    protected JsonParser _createParser(Reader in, IOContext context) throws IOException {
        return new Exact(super._createParser(in, context));
    }

    @Override
    protected JsonParser _createParser(char[] data, int offset, int length, IOContext context, boolean recyclable)
            throws IOException {
        return new Exact(super._createParser(data, offset, length, context, recyclable));
    }

    @Override
    protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) throws IOException {
        var table = tables.borrow();
        return new Exact(
                parser(new ByteSourceJsonBootstrapper(context, data, offset, length), table),
                () -> tables.giveBack(table, length));
    }

    @Override
    protected JsonParser _createParser(DataInput in, IOContext context) throws IOException {
        return new Exact(super._createParser(in, context));
    }

    private JsonParser parser(ByteSourceJsonBootstrapper document, NameTables.Table table) throws IOException {
        return document.constructParser(
                _parserFeatures,
                _objectCodec,
                table.root(),
                _rootCharSymbols,
                _factoryFeatures | Feature.CANONICALIZE_FIELD_NAMES.getMask());
    }

    /// Whether the double nearest to the decimal stands for it: written with as many digits, it is the same.
    static boolean fits(double value, BigDecimal decimal) {
        if (Double.isInfinite(value) || value == 0) {
            return value == 0 && decimal.signum() == 0;
        }
        int digits = decimal.precision();
        return digits <= DOUBLE_DIGITS
                || new BigDecimal(value).round(new MathContext(digits)).compareTo(decimal) == 0;
    }

    private static final class Exact extends JsonParserDelegate {

        private @Nullable Runnable atTheEnd;

        Exact(JsonParser parser) {
            this(parser, null);
        }

        Exact(JsonParser parser, @Nullable Runnable atTheEnd) {
            super(parser);
            this.atTheEnd = atTheEnd;
        }

        @Override
        public void close() throws IOException {
            super.close();
            var end = atTheEnd;
            atTheEnd = null;
            if (end != null) {
                end.run();
            }
        }

        @Override
        public NumberTypeFP getNumberTypeFP() throws IOException {
            return isExact() ? super.getNumberTypeFP() : NumberTypeFP.BIG_DECIMAL;
        }

        @Override
        public NumberType getNumberType() throws IOException {
            return isExact() ? super.getNumberType() : NumberType.BIG_DECIMAL;
        }

        @Override
        public Number getNumberValue() throws IOException {
            return isExact() ? super.getNumberValue() : getDecimalValue();
        }

        private boolean isExact() throws IOException {
            if (!hasToken(JsonToken.VALUE_NUMBER_FLOAT) || isNaN()) {
                return true;
            }
            int length = getTextLength();
            if (length <= DOUBLE_DIGITS && !hasExponent(getTextCharacters(), getTextOffset(), length)) {
                return true;
            }
            boundExponent();
            return fits(getDoubleValue(), getDecimalValue());
        }

        /// What is reckoned with such a number may take for ever.
        private void boundExponent() throws IOException {
            var text = getText();
            int at = Math.max(text.indexOf('e'), text.indexOf('E'));
            var digits = at < 0 ? "" : text.substring(at + 1).replaceFirst("[+-]?0*", "");
            if (digits.length() > 5 || (!digits.isEmpty() && Integer.parseInt(digits) > Limits.NUMBER_LENGTH)) {
                throw new JsonParseException(
                        this, "a number has an exponent beyond %d".formatted(Limits.NUMBER_LENGTH));
            }
        }

        private static boolean hasExponent(char[] text, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (text[i] == 'e' || text[i] == 'E') {
                    return true;
                }
            }
            return false;
        }
    }
}
