package dev.jtask.operator.management;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.jtask.protocol.text.Beginning;
import java.io.IOException;

/// What an answer says of why something was not done.
///
/// @param brokers whether it has the form that a management API gives it: any web server refuses something
/// @param words of the broker's, empty where it has none
record Refusal(boolean brokers, String words) {

    static final Refusal NONE = new Refusal(false, "");

    private static final int LONGEST = 200;

    /// Of whatever it is: an answer that is no JSON refuses as well, and without words.
    static Refusal in(JsonParser json) throws IOException {
        try {
            return json.nextToken() == JsonToken.START_OBJECT ? fields(json) : NONE;
        } catch (JsonProcessingException e) {
            return NONE;
        }
    }

    private static Refusal fields(JsonParser json) throws IOException {
        boolean error = false;
        boolean reason = false;
        var words = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            boolean text = json.nextToken() == JsonToken.VALUE_STRING;
            error |= name.equals("error") && text;
            reason |= name.equals("reason");
            words = name.equals("reason") && text ? shortened(json.getText()) : words;
            json.skipChildren();
        }
        return new Refusal(error && reason, words);
    }

    private static String shortened(String reason) {
        return Beginning.of(reason.replaceAll("\\p{Cntrl}+", " ").strip(), LONGEST);
    }
}
