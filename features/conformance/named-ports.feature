@conformance @ports
Feature: A port's name means another number in each pod

  Kubernetes resolves a named port at each pod. Data planes that keep a set of addresses for each named port may mix up whose number it is
  where pods declare a port alike: kube-router 2.6.3 admits them all to the first pod's named ports. A harness that declares a port of its
  own in every pod would show that everywhere, so that ours declares none. kube-router also looks the named ports of an egress rule without
  peers up in the policy's namespace alone.

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

    Scenario: Ingress by name where another port is alike
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

    Scenario: Egress by name where another port is alike
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

  @catches:named-ports-mix-pods-that-share-a-port
  Rule: Pods that declare a port of the same name and number alike, and another name differently

    Background:
      Given the pods
        | pod  | labels     | serves                                     | node   |
        | nm/a | app=s, v=1 | http=TCP/8080, adm=TCP/9001, peer=TCP/7001 | node-1 |
        | nm/b | app=s, v=2 | http=TCP/8080, adm=TCP/9002, peer=TCP/7002 | node-2 |
        | nm/c | app=s, v=3 | http=TCP/8080, TCP/9001, TCP/9002          | node-2 |
        | cl/x | app=x      | TCP/1                                      | node-1 |

    Scenario: What only one of them calls so stays shut at the others
      When this policy is applied to "nm"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: in}
        spec: {podSelector: {matchLabels: {app: s}}, ingress: [{ports: [{port: adm}]}]}
        """
      Then "cl/x" cannot reach every pod of "nm" on TCP/http
      And on TCP/9001 the truth table is
        |      | nm/a | nm/c    |
        | cl/x | open | blocked |
      And on TCP/9002 the truth table is
        |      | nm/b | nm/c    |
        | cl/x | open | blocked |
      And "cl/x" cannot reach "nm/a" on TCP/7001
      And every flow is as the policies say

  @catches:named-egress-port-by-the-policys-namespace
  Rule: A named port in an egress rule that names no peers

    Background:
      Given the pods
        | pod  | labels | serves                 | node   |
        | cl/x | app=x  | web=TCP/7001, TCP/8001 | node-1 |
        | cl/y | app=y  | TCP/2                  | node-2 |
        | nm/a | app=s  | web=TCP/8001, TCP/7001 | node-2 |
        | nm/b | app=s  | web=TCP/9001, TCP/8001 | node-1 |
        | nm/c | app=s  | TCP/9001               | node-2 |
        | cl/z | app=z  | store=TCP/5432         | node-1 |

    Scenario: It is each destination's own number, whatever the policy's namespace calls so
      When this policy is applied to "cl"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: out}
        spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: web}]}]}
        """
      Then on TCP/7001 the truth table is
        |      | cl/x | nm/a    |
        | cl/y | open | blocked |
      And on TCP/8001 the truth table is
        |      | cl/x    | nm/a | nm/b    |
        | cl/y | blocked | open | blocked |
      And on TCP/9001 the truth table is
        |      | nm/b | nm/c    |
        | cl/y | open | blocked |
      And every flow is as the policies say

    Scenario: A name that the policy's namespace does not know leads to the others all the same
      When this policy is applied to "nm"
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: out}
        spec: {podSelector: {matchLabels: {app: s}}, policyTypes: [Egress], egress: [{ports: [{port: store}]}]}
        """
      Then "nm/a" can reach "cl/z" on TCP/5432
      But "nm/a" cannot reach "cl/x" on TCP/7001 and TCP/8001
      And every flow is as the policies say
