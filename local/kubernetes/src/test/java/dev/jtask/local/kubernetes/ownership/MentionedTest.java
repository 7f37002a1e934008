package dev.jtask.local.kubernetes.ownership;

import static dev.jtask.local.kubernetes.ownership.Types.set;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MentionedTest {

    @Test
    void hasValuesItemsAndEntriesButNotTheObjectsAroundThem() {
        assertThat(Mentioned.in(Types.pod("""
                metadata: {labels: {app: a}, ownerReferences: [{uid: u, name: n}]}
                spec: {containers: [{name: c, args: [x, y], ports: [{containerPort: 80}]}]}
                """))).isEqualTo(set("""
                f:metadata: {'f:labels': {'f:app': {}}, 'f:ownerReferences': {'k:{"uid":"u"}': {}}}
                f:spec:
                  f:containers:
                    k:{"name":"c"}:
                      .: {}
                      f:name: {}
                      f:args: {}
                      f:ports: {'k:{"containerPort":80,"protocol":"TCP"}': {'.': {}, 'f:containerPort': {}}}
                """));
    }

    @Test
    void hasObjectsThatAreEmptyButNoEmptyLists() {
        assertThat(Mentioned.in(Types.pod("spec: {securityContext: {}, containers: []}")))
                .isEqualTo(set("f:spec: {'f:securityContext': {}}"));
    }

    @Test
    void findsTheNamedFieldsOnTheWay() {
        assertThat(
                        Mentioned.withNamed(
                                Types.POD,
                                set(
                                        "f:metadata: {'f:labels': {'f:app': {}}}\nf:spec: {'f:containers': {'k:{\"name\":\"c\"}': {'f:image': {}}}}")))
                .isEqualTo(set("""
                f:metadata: {'.': {}, 'f:labels': {'.': {}, 'f:app': {}}}
                f:spec: {'.': {}, 'f:containers': {'.': {}, 'k:{"name":"c"}': {'f:image': {}}}}
                """));
    }
}
