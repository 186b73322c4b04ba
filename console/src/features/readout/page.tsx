export function ReadoutPage() {
  return null;
}
