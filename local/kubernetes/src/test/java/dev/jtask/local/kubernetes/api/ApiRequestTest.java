package dev.jtask.local.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRequestTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/namespaces/a/pods, 200, list pods",
        "GET, /api/v1/namespaces/a/pods?watch=true, 200, watch pods",
        "GET, /api/v1/namespaces/a/pods/p, 200, get pods",
        "POST, /api/v1/namespaces/a/pods, 201, create pods",
        "PUT, /apis/apps/v1/namespaces/a/deployments/d, 200, update deployments.apps",
        "PATCH, /apis/apps/v1/namespaces/a/deployments/d, 200, patch deployments.apps",
        "PATCH, /apis/apps/v1/namespaces/a/deployments/d, 201, create deployments.apps",
        "PATCH, /apis/apps/v1/namespaces/a/deployments/d/status, 200, patch deployments.apps/status",
        "DELETE, /api/v1/namespaces/a/pods/p, 200, delete pods",
        "DELETE, /api/v1/namespaces/a/pods, 200, deletecollection pods",
    })
    void needsThePermissionThatARuleGrants(String method, String path, int status, String permission) {
        assertThat(new ApiRequest("tester", method, path, status).permission()).hasValue(permission);
    }

    @Test
    void needsNoneForDiscovery() {
        assertThat(new ApiRequest("tester", "GET", "/apis", 200).permission()).isEmpty();
    }
}
