@conformance @ports
Feature: A port's name means another number in each pod

  Kubernetes resolves a named port at each pod. Data planes that keep a set of addresses for each named port may mix up whose number it is
  where pods declare a port alike: kube-router 2.6.3 admits them all to the first pod's named ports. A harness that declares a port of its
  own in every pod would show that everywhere, so that ours declares none.

  Background:
    Given the namespaces
      | namespace | labels |
      | nm        | k=nm   |
      | cl        | k=cl   |

  Rule: Pods that declare no port alike

    Background:
      Given the pods
        | pod  | labels | serves                     | node   |
        | nm/a | app=s  | web=TCP/8001, adm=TCP/9001 | node-1 |
        | nm/b | app=s  | web=TCP/9001, adm=TCP/8001 | node-2 |
        | nm/c | app=s  | TCP/8001, TCP/9001         | node-2 |
        | nm/d | app=s  | web=UDP/8001, adm=TCP/7001 | node-1 |
        | cl/x | app=x  | TCP/1                      | node-1 |
        | cl/y | app=y  | TCP/2                      | node-2 |
      And the services
        | service | selects | serves        |
        | nm/web  | app=s   | TCP/80 -> web |

    Scenario: Ingress by name
      When this policy is applied to "nm"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: in}
        spec: {podSelector: {}, ingress: [{ports: [{port: web}]}]}
        """
      Then on TCP/8001 the truth table is
        |      | nm/a | nm/b    | nm/c    |
        | cl/x | open | blocked | blocked |
        | cl/y | open | blocked | blocked |
      And on TCP/9001 the truth table is
        |      | nm/a    | nm/b | nm/c    |
        | cl/x | blocked | open | blocked |
        | cl/y | blocked | open | blocked |
      And "cl/y" can reach service "nm/web" on TCP/80
      And every flow is as the policies say

    Scenario: Egress by name
      When this policy is applied to "cl"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: out}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{namespaceSelector: {matchLabels: {k: nm}}}], ports: [{port: web}]}]
        """
      Then on TCP/8001 the truth table is
        |      | nm/a | nm/b    | nm/c    |
        | cl/x | open | blocked | blocked |
        | cl/y | open | blocked | blocked |
      And on TCP/9001 the truth table is
        |      | nm/a    | nm/b | nm/c    |
        | cl/x | blocked | open | blocked |
        | cl/y | blocked | open | blocked |
      And "cl/x" can reach service "nm/web" on TCP/80
      And every flow is as the policies say

  @catches:named-ports-mix-pods-that-share-a-port
  Rule: Pods that declare a port alike

    Background:
      Given the pods
        | pod  | labels | serves                                       | node   |
        | nm/a | app=s  | web=TCP/8001, adm=TCP/9001, metrics=TCP/9100 | node-1 |
        | nm/b | app=s  | web=TCP/9001, adm=TCP/8001, metrics=TCP/9100 | node-2 |
        | cl/x | app=x  | TCP/1                                        | node-1 |
        | cl/y | app=y  | TCP/2                                        | node-2 |

    Scenario: Ingress by name
      When this policy is applied to "nm"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: in}
        spec: {podSelector: {}, ingress: [{ports: [{port: web}]}]}
        """
      Then on TCP/8001 the truth table is
        |      | nm/a | nm/b    |
        | cl/x | open | blocked |
        | cl/y | open | blocked |
      And on TCP/9001 the truth table is
        |      | nm/a    | nm/b |
        | cl/x | blocked | open |
        | cl/y | blocked | open |
      And "cl/x" cannot reach every pod of "nm" on TCP/metrics
      And every flow is as the policies say

    Scenario: Egress by name
      When this policy is applied to "cl"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: out}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{namespaceSelector: {matchLabels: {k: nm}}}], ports: [{port: web}]}]
        """
      Then on TCP/8001 the truth table is
        |      | nm/a | nm/b    |
        | cl/x | open | blocked |
        | cl/y | open | blocked |
      And on TCP/9001 the truth table is
        |      | nm/a    | nm/b |
        | cl/x | blocked | open |
        | cl/y | blocked | open |
      And every flow is as the policies say
