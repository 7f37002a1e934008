package dev.jtask.protocol.tls;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Puts the older forms of private keys into the envelope that Java reads (RFC 5208). What is inside stays as it is.
final class Pkcs8 {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION = hex("020100");
    /// `rsaEncryption` without parameters.
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");
    /// `id-ecPublicKey`; the curve follows.
    private static final byte[] EC = hex("06072a8648ce3d0201");

    private Pkcs8() {}

    /// @param pkcs1 of `RSA PRIVATE KEY`
    static byte[] ofRsa(byte[] pkcs1) {
        return tagged(SEQUENCE, VERSION, RSA, tagged(OCTETS, pkcs1));
    }

    /// @param sec1 of `EC PRIVATE KEY` (RFC 5915): version, key, curve, public key
    /// @return empty when it does not name its curve, as it may and nobody does, or is damaged
    static Optional<byte[]> ofCurve(byte[] sec1) {
        try {
            int at = content(sec1, 0);
            while (at < sec1.length) {
                int start = content(sec1, at);
                int end = start + length(sec1, at);
                if ((sec1[at] & 0xff) == PARAMETERS) {
                    var curve = Arrays.copyOfRange(sec1, start, end);
                    return Optional.of(tagged(SEQUENCE, VERSION, tagged(SEQUENCE, EC, curve), tagged(OCTETS, sec1)));
                }
                at = end;
            }
            return Optional.empty();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < Math.min(first & 0x7f, 3); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    /// Where the value of the element at this place begins.
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        int size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var head = size < 0x80
                ? new byte[] {(byte) tag, (byte) size}
                : size < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) size}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (size >> 8), (byte) size};
        var all = Arrays.copyOf(head, head.length + size);
        int at = head.length;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
