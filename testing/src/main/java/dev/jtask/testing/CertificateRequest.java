package dev.jtask.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The spec of a Certificate of cert-manager, with its defaults where it is silent.
///
/// @param issues whether it is an authority
/// @param encoding of the key: PKCS1, which for ECDSA is SEC 1, or PKCS8
/// @param keepsKey whether a renewal keeps it
record CertificateRequest(
        String secretName,
        String issuer,
        @Nullable String commonName,
        List<String> alternatives,
        List<String> usages,
        boolean issues,
        String algorithm,
        int size,
        String encoding,
        boolean keepsKey,
        int days) {

    private static final Set<String> FIELDS = Set.of(
            "secretName",
            "issuerRef",
            "commonName",
            "dnsNames",
            "ipAddresses",
            "usages",
            "isCA",
            "privateKey",
            "duration");
    private static final Set<String> KEY_FIELDS = Set.of("algorithm", "size", "encoding", "rotationPolicy");
    private static final Pattern HOURS = Pattern.compile("([1-9]\\d{1,5})h(?:0m)?(?:0s)?");

    private static final Map<String, String> KEY_USAGES = Map.of(
            "digital signature", "digitalSignature",
            "key encipherment", "keyEncipherment",
            "cert sign", "keyCertSign");
    private static final Map<String, String> EXTENDED =
            Map.of("server auth", "serverAuth", "client auth", "clientAuth");
    private static final List<String> USUAL = List.of("digital signature", "key encipherment");

    static CertificateRequest of(String name, Map<?, ?> spec) {
        var key = spec.containsKey("privateKey") ? IssuedCertificates.map(spec, "privateKey") : Map.of();
        if (!FIELDS.containsAll(spec.keySet()) || !KEY_FIELDS.containsAll(key.keySet())) {
            throw new IllegalArgumentException("Certificate %s has fields that are not known here: %s %s"
                    .formatted(name, spec.keySet(), key.keySet()));
        }
        var algorithm = text(key, "algorithm", "RSA");
        var alternatives = new ArrayList<String>();
        texts(spec, "dnsNames").forEach(dns -> alternatives.add("DNS:" + dns));
        texts(spec, "ipAddresses").forEach(ip -> alternatives.add("IP:" + ip));
        var commonName = text(spec, "commonName", "");
        if (commonName.isEmpty() && alternatives.isEmpty()) {
            throw new IllegalArgumentException("Certificate %s is for nobody: cert-manager refuses it".formatted(name));
        }
        return new CertificateRequest(
                text(spec, "secretName", name),
                text(IssuedCertificates.map(spec, "issuerRef"), "name", ""),
                commonName.isEmpty() ? null : commonName,
                List.copyOf(alternatives),
                texts(spec, "usages"),
                text(spec, "isCA", "false").equals("true"),
                algorithm,
                Integer.parseInt(text(key, "size", algorithm.equals("RSA") ? "2048" : "256")),
                text(key, "encoding", "PKCS1"),
                text(key, "rotationPolicy", "Always").equals("Never"),
                days(text(spec, "duration", "2160h")));
    }

    /// This request, for a certificate that ended yesterday.
    CertificateRequest ended() {
        return new CertificateRequest(
                secretName, issuer, commonName, alternatives, usages, issues, algorithm, size, encoding, keepsKey, -1);
    }

    /// For `openssl genpkey`.
    List<String> keyOptions() {
        return switch (algorithm) {
            case "RSA" -> List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:" + size);
            case "ECDSA" -> List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-" + size);
            case "Ed25519" -> List.of("-algorithm", "ED25519");
            default -> throw new IllegalArgumentException("cert-manager has no algorithm " + algorithm);
        };
    }

    /// Whether the key is in its algorithm's own form, which Ed25519 has none of.
    boolean isTraditional() {
        return encoding.equals("PKCS1") && !algorithm.equals("Ed25519");
    }

    /// For `openssl req`.
    String subject() {
        return commonName == null ? "/" : "/CN=" + commonName;
    }

    /// For `openssl x509`.
    String extensions() {
        var asked = usages.isEmpty() ? USUAL : usages;
        var keyUsage = new ArrayList<String>();
        var extended = new ArrayList<String>();
        if (issues) {
            keyUsage.add("keyCertSign");
        }
        for (var usage : asked) {
            if (KEY_USAGES.containsKey(usage)) {
                keyUsage.add(KEY_USAGES.get(usage));
            } else {
                extended.add(Objects.requireNonNull(EXTENDED.get(usage), "a usage that is not known here: " + usage));
            }
        }
        var lines = new ArrayList<String>();
        lines.add("basicConstraints = critical, CA:" + (issues ? "TRUE" : "FALSE"));
        add(lines, "keyUsage = critical, ", keyUsage);
        add(lines, "extendedKeyUsage = ", extended);
        // of a certificate without a subject
        add(lines, "subjectAltName = " + (commonName == null ? "critical, " : ""), alternatives);
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, String extension, List<String> values) {
        if (!values.isEmpty()) {
            lines.add(extension + String.join(", ", values));
        }
    }

    private static int days(String duration) {
        var hours = HOURS.matcher(duration);
        if (!hours.matches()) {
            throw new IllegalArgumentException("a duration is whole hours here, such as 2160h: " + duration);
        }
        return Math.max(1, Integer.parseInt(hours.group(1)) / 24);
    }

    private static String text(Map<?, ?> from, String field, String fallback) {
        var value = from.get(field);
        return value == null ? fallback : value.toString();
    }

    private static List<String> texts(Map<?, ?> from, String field) {
        return from.get(field) instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }
}
