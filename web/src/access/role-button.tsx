/** A button for what takes a role: for everybody else it says which, and does nothing. */
import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Role } from '../../../src/shared/contract/roles.terms.js';
import { useAccess } from './use-access.js';

export interface RoleButtonProps extends ButtonProps {
  readonly needs: Role;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function RoleButton({ needs, onClick, children, ...props }: RoleButtonProps) {
  const refusal = useAccess().refusal(needs);
  if (refusal === undefined)
    return (
      <Button {...props} onClick={onClick}>
        {children}
      </Button>
    );
  // Not `disabled`: it keeps its place for the keyboard, which then hears why.
  return (
    <Button {...props} data-disabled aria-disabled="true" aria-description={refusal} title={refusal}>
      {children}
    </Button>
  );
}
