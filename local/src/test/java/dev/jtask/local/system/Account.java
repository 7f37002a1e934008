package dev.jtask.local.system;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// An operator's account, which may do in one namespace what it is told, and nothing anywhere else.
///
/// @param client of somebody who may do everything
record Account(KubernetesClient client, String namespace) {

    private static final String NAME = "operator";

    static Account create(KubernetesClient client, String namespace) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .create();
        return new Account(client, namespace);
    }

    /// Everything with some resources of an API group.
    static PolicyRule all(String group, String... resources) {
        return new PolicyRuleBuilder()
                .addToApiGroups(group)
                .addToResources(resources)
                .addToVerbs("*")
                .build();
    }

    /// From now on these rights and no others.
    void may(PolicyRule... rules) {
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(List.of(rules))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /// A kubeconfig of the account.
    ///
    /// @param kubeconfig of another user of the same API
    String in(String kubeconfig) {
        var token = client.serviceAccounts()
                .inNamespace(namespace)
                .withName(NAME)
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
        return kubeconfig.replaceFirst("token: [^}]+", "token: " + token);
    }
}
