package dev.jtask.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.redis.RedisAddress.Login;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @Test
    void readsHostPortAndDatabase() {
        assertThat(RedisAddress.of("redis://shop"))
                .isEqualTo(new RedisAddress("shop", 6379, 0, null, null, RedisKeys.USUAL));
        assertThat(RedisAddress.of("redis://my_redis:7000/"))
                .isEqualTo(new RedisAddress("my_redis", 7000, 0, null, null, RedisKeys.USUAL));
        assertThat(RedisAddress.of("REDIS://[::1]:1/12"))
                .isEqualTo(new RedisAddress("::1", 1, 12, null, null, RedisKeys.USUAL));
    }

    @Test
    void readsTheLoginWithAnyCharacterEncodedOrNot() {
        assertThat(RedisAddress.of("redis://app:a/b@c?d#e^f:g@h").login()).isEqualTo(new Login("app", "a/b@c?d#e^f:g"));
        assertThat(RedisAddress.of("redis://:a%2Fb+c%25@h").login()).isEqualTo(new Login(null, "a/b+c%"));
        assertThat(RedisAddress.of("redis://alone@h").login()).isEqualTo(new Login(null, "alone"));
        assertThat(RedisAddress.of("redis://:@h").login()).isNull();
    }

    @Test
    void checksTheServersCertificateUnlessToldOtherwise() {
        assertThat(RedisAddress.of("rediss://h").tls()).isEqualTo(SslVerifyMode.FULL);
        assertThat(RedisAddress.of("rediss://h/0?ssl_cert_reqs=CERT_REQUIRED").tls())
                .isEqualTo(SslVerifyMode.FULL);
        assertThat(RedisAddress.of("rediss://h/0?ssl_cert_reqs=none").tls()).isEqualTo(SslVerifyMode.NONE);
        assertThat(RedisAddress.of("rediss://h?verifyPeer=CA").tls()).isEqualTo(SslVerifyMode.CA);
        assertThat(RedisAddress.of("redis://h").tls()).isNull();
    }

    @Test
    void readsCelerysKeyPrefixAndExpiry() {
        assertThat(RedisAddress.of("redis://h/0?global_keyprefix=app%3A&result_expires=60")
                        .keys())
                .isEqualTo(new RedisKeys("app:", Duration.ofMinutes(1)));
        assertThat(RedisAddress.of("redis://h/0?global_keyprefix=app").keys().of("key"))
                .isEqualTo("app_key");
        assertThat(RedisAddress.of("redis://h/0?result_expires=0").keys().seconds())
                .isEqualTo("0");
        assertThat(RedisAddress.of("redis://h").keys()).isEqualTo(new RedisKeys("", Duration.ofDays(1)));
    }

    @Test
    void namesTheServerWithoutCredentials() {
        assertThat(RedisAddress.of("rediss://app:hunter2@[::1]/3?verifyPeer=NONE"))
                .hasToString("rediss://[::1]:6379/3");
        assertThat(RedisAddress.of("redis://app:hunter2@h").uri().toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:hunter2@",
                "redis://:hunter2@/0",
                "redis://app:hunter2@a:1,b:2",
                "redis://:hunter2@h:0",
                "redis://:hunter2@h:65536/0",
                "redis://:hunter2@h/zero",
                "redis://:hunter2@h/0?keyprefix=hunter2",
                "redis://:hunter2@h/0?result_expires=hunter2",
                "redis://:hunter2@h/0?result_expires=1&result_expires=2",
                "redis://:hunter2@h/0?global_keyprefix=%zz",
                "redis://:hunter2@h/0?",
                "redis://:hunter2@h/0?verifyPeer=FULL",
                "redis://:hunter2%zz@h",
                "redis://hunter2:@h",
                "redis:hunter2@h",
            })
    void refusesAWrongUriInASentenceWithoutCredentials(String uri) {
        assertThatThrownBy(() -> RedisAddress.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(result backend|redis://).*")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void namesAParameterThatItDoesNotKnow() {
        assertThatThrownBy(() -> RedisAddress.of("redis://h/0?socket_timeout=5"))
                .hasMessageContaining("redis://h:6379/0: parameter 'socket_timeout=…' is not known; known are");
    }
}
