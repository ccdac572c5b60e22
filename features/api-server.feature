@conformance @api
Feature: Allowing the API server

  Policies select pods and addresses, never Services. The API server is a Service in front of a node's address.

  Background:
    Given the pods
      | pod      | labels  | serves   | node   |
      | shop/web | app=web | TCP/8080 | node-2 |
      | shop/api | app=api | TCP/8080 | node-1 |
    And "shop" denies all egress
    And "shop/web" can no longer reach the Kubernetes API on TCP/443

  Scenario: The label component=apiserver is on a Service, so the often-read advice heals nothing
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: allow-api-by-label
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - to:
          - namespaceSelector:
              matchLabels: {kubernetes.io/metadata.name: default}
            podSelector:
              matchLabels: {component: apiserver}
          ports:
          - {protocol: TCP, port: 443}
          - {protocol: TCP, port: 6443}
      """
    Then nothing healed
    And "shop/web" cannot reach the Kubernetes API on TCP/443

  Scenario: An ipBlock of the endpoints' address and port heals it
    When "shop/web" is allowed egress to the Kubernetes API on TCP/443
    Then exactly these flows healed
      | from     | to                 | ports   |
      | shop/web | the Kubernetes API | TCP/443 |

  @implementation-defined
  Scenario: An ipBlock of the ClusterIP heals nothing where policy sees the address after translation
    Whether an ipBlock is compared before or after a Service's address is translated is implementation-defined; the embedded
    cluster compares after it, as Calico and kube-router do.

    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: allow-api-by-cluster-ip
      spec:
        podSelector: {}
        policyTypes: [Egress]
        egress:
        - to:
          - ipBlock: {cidr: 10.43.0.1/32}
          ports:
          - {protocol: TCP, port: 443}
      """
    Then "shop/web" cannot reach the Kubernetes API on TCP/443
