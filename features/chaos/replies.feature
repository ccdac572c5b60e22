@chaos
Feature: A one-way allowance keeps its replies while policies around it come, change and go

  Scenario Outline: Where what is established <established>, nothing of what is allowed is lost
    Given the pods
      | pod      | labels  | serves             | node   |
      | shop/web | app=web | TCP/8080, UDP/5353 | node-2 |
      | shop/api | app=api | TCP/8080, UDP/5353 | node-1 |
      | shop/job | app=job | TCP/8080, UDP/5353 | node-2 |
    And "shop" denies all ingress and egress
    And "shop/web" is allowed egress to "shop/api" on TCP/8080 and UDP/5353
    And "shop/api" is allowed ingress from "shop/web" on TCP/8080 and UDP/5353
    And "shop/web" to "shop/api" on TCP/8080 is held open
    And "shop/web" to "shop/api" on UDP/5353 is held open back to back
    And these flows are watched
      | from     | to       | ports                 |
      | shop/api | shop/web | TCP/8080 and UDP/5353 |
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: around}
      spec:
        podSelector: {matchExpressions: [{key: app, operator: In, values: [api]}]}
        policyTypes: [Ingress, Egress]
        ingress: [{from: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: UDP, port: 53}]}]
        egress: [{to: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: UDP, port: 53}]}]
      """
    Then "shop/api" cannot send "shop/web" an unasked datagram
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: around}
      spec:
        podSelector: {matchExpressions: [{key: app, operator: In, values: [api, web]}]}
        policyTypes: [Ingress, Egress]
        ingress: [{from: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: TCP, port: 8080}]}]
        egress: [{to: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: TCP, port: 8080}]}]
      """
    Then "shop/api" cannot send "shop/web" an unasked datagram
    And "shop/api" cannot reach "shop/web" on TCP/8080
    When policy "around" is deleted from "shop"
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: around}
      spec:
        podSelector: {matchExpressions: [{key: app, operator: In, values: [web, job]}]}
        policyTypes: [Ingress, Egress]
        ingress: [{from: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: UDP, port: 5353}]}]
        egress: [{to: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: UDP, port: 5353}]}]
      """
    Then "shop/api" cannot send "shop/web" an unasked datagram
    When this policy is applied to "shop"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: around}
      spec:
        podSelector: {matchExpressions: [{key: app, operator: In, values: [job, api, web]}]}
        policyTypes: [Ingress, Egress]
        ingress: [{from: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: TCP, port: 8081}]}]
        egress: [{to: [{podSelector: {matchLabels: {app: job}}}], ports: [{protocol: TCP, port: 8081}]}]
      """
    Then "shop/api" cannot send "shop/web" an unasked datagram
    When policy "around" is deleted from "shop"
    Then "shop/api" cannot send "shop/web" an unasked datagram
    When "shop" denies all ingress
    And "shop/job" is allowed ingress from "shop/web" on TCP/8080
    And "shop" denies all egress
    And "shop/job" is relabelled "app=api"
    And "shop/job" is relabelled "app=job"
    And policy "deny-all-egress" is deleted from "shop"
    And policy "deny-all-ingress" is deleted from "shop"
    Then the connection "shop/web" to "shop/api" on TCP/8080 loses no beat
    And the connection "shop/web" to "shop/api" on UDP/5353 loses no beat
    And the connection "shop/web" to "shop/api" on UDP/5353 survives
    And "shop/api" to "shop/web" on TCP/8080 was never open
    And "shop/api" to "shop/web" on UDP/5353 was never open
    And "shop/api" cannot send "shop/web" an unasked datagram
    And "shop/api" cannot reach "shop/web" on TCP/8080

    @established:survives
    Examples:
      | established |
      | is accepted |

    @established:silent
    Examples:
      | established     |
      | is judged again |
