package dev.jtask.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Names that are made to collide harm no other message.
class NameTablesTest {

    private static final ObjectMapper JSON = TypedJson.mapper();

    /// How many of them fill what Jackson's table has beside its usual places.
    private static final int ATTACK = 600;

    /// How a document is read.
    private interface Reading {
        int names(String document) throws IOException;
    }

    @Test
    void ofBytes() throws IOException {
        survives(document ->
                JSON.readTree(document.getBytes(StandardCharsets.UTF_8)).size());
    }

    @Test
    void ofAStream() throws IOException {
        survives(document -> JSON.readTree(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                .size());
    }

    @Test
    void ofWideBytes() throws IOException {
        survives(document ->
                JSON.readTree(document.getBytes(StandardCharsets.UTF_16BE)).size());
    }

    @Test
    void ofText() throws IOException {
        survives(document -> JSON.readTree(document).size());
        survives(document -> JSON.readTree(new StringReader(document)).size());
    }

    @Test
    void ofACopy() throws IOException {
        var copy = JSON.copy();
        survives(document ->
                copy.readTree(document.getBytes(StandardCharsets.UTF_8)).size());
    }

    private static void survives(Reading reading) throws IOException {
        for (var names : List.of(collidingAsBytes(2 * ATTACK), collidingAsText(2 * ATTACK))) {
            for (int i = 0; i < 10; i++) {
                attack(reading, document(names.subList(0, ATTACK - i)));
            }
            for (var name : names.subList(ATTACK, 2 * ATTACK)) {
                assertThat(reading.names(document(List.of(name)))).isEqualTo(1);
            }
        }
    }

    /// It may be refused, but for itself alone.
    private static void attack(Reading reading, String document) throws IOException {
        try {
            assertThat(reading.names(document)).isGreaterThan(ATTACK - 10);
        } catch (StreamConstraintsException e) {
            assertThat(e).hasMessageContaining("hash collisions");
        }
    }

    private static String document(List<String> names) {
        return names.stream().collect(Collectors.joining("\":1,\"", "{\"", "\":1}"));
    }

    /// What follows the first twelve bytes is added up by fours, whatever their order.
    private static List<String> collidingAsBytes(int count) {
        var names = new ArrayList<String>();
        orders("", "abcdefgh", count, names);
        return names.stream()
                .map(order -> order.chars()
                        .mapToObj(letter -> Character.toString(letter).repeat(4))
                        .collect(Collectors.joining("", "always-alike", "")))
                .toList();
    }

    /// A text's hash takes each character 33 times as often as the next.
    private static List<String> collidingAsText(int count) {
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var name = new StringBuilder();
            for (int bit = 0; bit < 11; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "B@");
            }
            names.add(name.toString());
        }
        return names;
    }

    private static void orders(String begun, String left, int most, List<String> all) {
        if (left.isEmpty() && all.size() < most) {
            all.add(begun);
        }
        for (int i = 0; i < left.length() && all.size() < most; i++) {
            orders(begun + left.charAt(i), left.substring(0, i) + left.substring(i + 1), most, all);
        }
    }
}
