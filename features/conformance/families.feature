@conformance @families
Feature: Policies hold in every family

  Labels mean a pod in all of its addresses, and an ipBlock addresses of its own family.

  Background:
    Given the namespaces
      | namespace | labels |
      | x         | ns=x   |
      | y         | ns=y   |
    And the pods
      | pod | labels | serves                                     | node   |
      | x/a | pod=a  | web=TCP/80, TCP/81, dns=UDP/80, UDP/81     | node-1 |
      | x/b | pod=b  | web=TCP/80, TCP/81, dns=UDP/80, UDP/81     | node-2 |
      | y/a | pod=a  | web=TCP/80, TCP/81, dns=UDP/80, UDP/81     | node-2 |
      | y/b | pod=b  | web=TCP/80, TCP/81, dns=UDP/80, UDP/81     | node-1 |
    And the services
      | service | selects | serves       |
      | x/a     | pod=a   | TCP/8080 -> web |

  Scenario Outline: <case> (<families>)
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: policy}
      spec: <spec>
      """
    Then on TCP/80 the truth table is
      |     | x/a       | y/a       |
      | x/a | -         | <x/a y/a> |
      | y/a | <y/a x/a> | -         |
      | y/b | <y/b x/a> | open      |
    And every flow is as the policies say

    @ipv6
    Examples:
      | families      | case                       | spec                                                                                                                                          | x/a y/a | y/a x/a | y/b x/a |
      | IPv6          | Default-deny of ingress    | {podSelector: {}, policyTypes: [Ingress]}                                                                                                     | open    | blocked | blocked |
      | IPv6          | Default-deny of egress     | {podSelector: {}, policyTypes: [Egress]}                                                                                                      | blocked | open    | open    |
      | IPv6          | Allow-all                  | {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}                                                                | open    | open    | open    |
      | IPv6          | Ingress from labels        | {podSelector: {matchLabels: {pod: a}}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: b}}}]}]} | open    | blocked | open    |
      | IPv6          | Egress to labels           | {podSelector: {matchLabels: {pod: a}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {ns: "y"}}}]}]}                | open    | open    | open    |
      | IPv6          | Ingress on a named port    | {podSelector: {}, ingress: [{ports: [{port: web}]}]}                                                                                          | open    | open    | open    |
      | IPv6          | Ingress on a range         | {podSelector: {}, ingress: [{ports: [{port: 81, endPort: 90}]}]}                                                                              | open    | blocked | blocked |
      | IPv6          | Egress on UDP alone        | {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{protocol: UDP}]}]}                                                                | blocked | open    | open    |

    @dual-stack
    Examples:
      | families      | case                       | spec                                                                                                                                          | x/a y/a | y/a x/a | y/b x/a |
      | IPv4 and IPv6 | Default-deny of ingress    | {podSelector: {}, policyTypes: [Ingress]}                                                                                                     | open    | blocked | blocked |
      | IPv4 and IPv6 | Default-deny of egress     | {podSelector: {}, policyTypes: [Egress]}                                                                                                      | blocked | open    | open    |
      | IPv4 and IPv6 | Ingress from labels        | {podSelector: {matchLabels: {pod: a}}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: "y"}}, podSelector: {matchLabels: {pod: b}}}]}]} | open    | blocked | open    |
      | IPv4 and IPv6 | Egress to labels           | {podSelector: {matchLabels: {pod: a}}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {ns: "y"}}}]}]}                | open    | open    | open    |
      | IPv4 and IPv6 | Ingress on a named port    | {podSelector: {}, ingress: [{ports: [{port: web}]}]}                                                                                          | open    | open    | open    |
      | IPv4 and IPv6 | Ingress on a range         | {podSelector: {}, ingress: [{ports: [{port: 81, endPort: 90}]}]}                                                                              | open    | blocked | blocked |

  @ipblock @ipv6
  Scenario Outline: <case>
    Given the external hosts
      | host          | serves  | addresses       |
      | inside.test   | TCP/443 | 2001:db8:1::10  |
      | excepted.test | TCP/443 | 2001:db8:1:8::1 |
      | outside.test  | TCP/443 | 2001:db8:2::10  |
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: policy}
      spec: {podSelector: {matchLabels: {pod: a}}, policyTypes: [Ingress, Egress], ingress: [{from: [<blocks>]}], egress: [{to: [<blocks>]}]}
      """
    Then on TCP/443 the truth table is
      |     | host inside.test | host excepted.test | host outside.test |
      | x/a | <inside>         | <excepted>         | <outside>         |
      | x/b | open             | open               | open              |
    And on TCP/80 the truth table is
      |                    | x/a        |
      | host inside.test   | <inside>   |
      | host excepted.test | <excepted> |
      | host outside.test  | <outside>  |
    And every flow is as the policies say

    Examples:
      | case                                     | blocks                                                                                             | inside  | excepted | outside |
      | A block of IPv6                          | {ipBlock: {cidr: "2001:db8:1::/48"}}                                                               | open    | open     | blocked |
      | A block of IPv6 with an exception        | {ipBlock: {cidr: "2001:db8:1::/48", except: ["2001:db8:1:8::/64"]}}                                | open    | blocked  | blocked |
      | One address of IPv6                      | {ipBlock: {cidr: "2001:db8:1::10/128"}}                                                            | open    | blocked  | blocked |
      | A block of the other family is nobody's  | {ipBlock: {cidr: 0.0.0.0/0}}                                                                       | blocked | blocked  | blocked |
