package dev.jtask.operator.management;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.jtask.autoscaler.QueueSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// One page of a list of queues, read without what nobody wants of it.
///
/// @param page which one it is
/// @param pages how many there are
/// @param queues those that are wanted
record QueuePage(int page, int pages, List<QueueSample> queues) {

    /// An empty one behind which there is none.
    static QueuePage last(int page) {
        return new QueuePage(page, page, List.of());
    }

    /// @param most queues that a page may have
    /// @param wanted by name
    /// @throws NotManagementException when it is none
    static QueuePage in(JsonParser json, int most, Predicate<String> wanted) throws IOException {
        int page = 0;
        int pages = 0;
        boolean lists = false;
        var queues = new ArrayList<QueueSample>();
        boolean object = json.nextToken() == JsonToken.START_OBJECT;
        while (object && json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var value = json.nextToken();
            if (name.equals("items") && value == JsonToken.START_ARRAY) {
                lists = true;
                items(json, most, wanted, queues);
            } else if (name.equals("page") && value == JsonToken.VALUE_NUMBER_INT) {
                page = json.getIntValue();
            } else if (name.equals("page_count") && value == JsonToken.VALUE_NUMBER_INT) {
                pages = json.getIntValue();
            }
            json.skipChildren();
        }
        if (!lists || page < 1) {
            throw new NotManagementException("its answer has no page of queues", null);
        }
        return new QueuePage(page, pages, queues);
    }

    private static void items(JsonParser json, int most, Predicate<String> wanted, List<QueueSample> queues)
            throws IOException {
        int items = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
            items++;
            if (items > most) {
                throw new NotManagementException(
                        "its page has more than the %d queues asked for".formatted(most), null);
            }
            var queue = ToldQueue.in(json).sample();
            if (wanted.test(queue.name())) {
                queues.add(queue);
            }
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new NotManagementException("its answer lists something that is no queue", null);
        }
    }
}
