// The two dates count only with "from when to when": elsewhere they would look as if they did.
const periodo = document.getElementById('s-periodo');
const date = ['id_dal', 'id_al'].map((id) => document.getElementById(id).closest('div'));
const mostra = () => { for (const pezzo of date) pezzo.hidden = periodo.value !== 'date'; };
periodo.addEventListener('change', mostra);
mostra();
