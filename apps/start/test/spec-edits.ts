import { existsSync } from "node:fs";
import { join } from "node:path";
import { addDistrict, editSpec } from "@spherepay/testing/edit-spec";
import type { WorkspaceCopy } from "@spherepay/testing/workspace-copy";

/** Adds an operation that the vendor does not have, a property, an enum member and an error status to the spec. */
export async function addToSpec(workspace: WorkspaceCopy): Promise<void> {
  await editSpec(workspace, "\npaths:\n", `\npaths:\n${operation(workspace)}`);
  await addDistrict(workspace);
  await editSpec(workspace, "enum: [individual, business]", "enum: [individual, business, trust]");
  await editSpec(workspace, /^( *)(?=business: A company)/m, "$1trust: A trust.\n$1");
}

/** Takes the operation out again. */
export async function removeOperation(workspace: WorkspaceCopy): Promise<void> {
  await editSpec(workspace, operation(workspace), "");
}

function operation({ folder }: WorkspaceCopy): string {
  const component = (kind: string, name: string) => {
    const file = `components/${kind}/${name}.yaml`;
    return existsSync(join(folder, "spec", file)) ? file : `"#/components/${kind}/${name}"`;
  };
  return `  /v2/customer/{customer_id}/freeze:
    post:
      operationId: freezeCustomer
      tags: [Customer]
      summary: Freeze customer
      description: Stops all transfers of a customer.
      x-evidence: inferred
      parameters:
        - name: customer_id
          in: path
          required: true
          description: The customer to freeze.
          schema:
            type: string
            description: Identifies the customer.
            pattern: ^customer_[a-z0-9]+$
            x-evidence: inferred
          examples:
            created:
              value: customer_d41608fae4d34d308f85bc3c2b6ca29a
      responses:
        "200":
          description: The customer is frozen.
          x-evidence: inferred
          content:
            application/json:
              schema:
                $ref: ${component("schemas", "Customer")}
              examples:
                created:
                  $ref: ${component("examples", "CustomerCreated")}
        "400":
          $ref: ${component("responses", "InvalidRequest")}
        "409":
          description: The customer is frozen already.
          x-evidence: inferred
          content:
            application/json:
              schema:
                $ref: ${component("schemas", "ErrorEnvelope")}
              examples:
                frozen:
                  value:
                    ts: "2025-04-20T19:29:51.768Z"
                    error:
                      general: Customer is frozen already
`;
}
