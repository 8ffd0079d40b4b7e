package store

// The queries, with numbered parameters; every one starts with the tenant
// where there is one.
const (
	GetMeta = `select value from meta where key = ?1`
	PutMeta = `insert into meta (key, value) values (?1, ?2) on conflict (key) do update set value = ?2`

	tenantColumns = `id, name, epoch, hlc, created`
	GetTenants    = `select ` + tenantColumns + ` from tenant order by id`
	GetTenant     = `select ` + tenantColumns + ` from tenant where id = ?1`
	PutTenant     = `insert into tenant (` + tenantColumns + `) values (?1, ?2, ?3, ?4, ?5)
		on conflict (id) do update set name = ?2, epoch = ?3, hlc = ?4, created = ?5`

	userColumns    = `tenant, id, login, name, role, home, hash, off`
	GetUsers       = `select ` + userColumns + ` from usr where tenant = ?1 order by login`
	GetUser        = `select ` + userColumns + ` from usr where tenant = ?1 and id = ?2`
	GetUserByLogin = `select ` + userColumns + ` from usr where login = ?1`
	PutUser        = `insert into usr (` + userColumns + `) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
		on conflict (tenant, id) do update set login = ?3, name = ?4, role = ?5, home = ?6, hash = ?7, off = ?8`

	scopeColumns = `id, kind, name, seq`
	GetScopes    = `select ` + scopeColumns + ` from scope where tenant = ?1 order by id`
	GetScope     = `select ` + scopeColumns + ` from scope where tenant = ?1 and id = ?2`
	PutScope     = `insert into scope (tenant, ` + scopeColumns + `) values (?1, ?2, ?3, ?4, ?5)
		on conflict (tenant, id) do update set kind = ?3, name = ?4, seq = ?5`

	grantColumns = `usr, scope, role, from_at, until_at`
	GetGrants    = `select ` + grantColumns + ` from grant_scope where tenant = ?1 and usr = ?2 order by scope, usr, role, from_at`
	GetHolders   = `select ` + grantColumns + ` from grant_scope where tenant = ?1 and scope = ?2 order by scope, usr, role, from_at`
	PutGrant     = `insert into grant_scope (tenant, ` + grantColumns + `) values (?1, ?2, ?3, ?4, ?5, ?6)
		on conflict (tenant, usr, scope, role, from_at) do update set until_at = ?6`

	deviceColumns = `id, usr, last_n, last_chain, schema, build, seen, clock_off_ms, backed_up_n`
	GetDevice     = `select ` + deviceColumns + ` from device where tenant = ?1 and id = ?2`
	GetDevices    = `select ` + deviceColumns + ` from device where tenant = ?1 order by id`
	PutDevice     = `insert into device (tenant, ` + deviceColumns + `) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
		on conflict (tenant, id) do update set usr = ?3, last_n = ?4, last_chain = ?5, schema = ?6, build = ?7, seen = ?8, clock_off_ms = ?9, backed_up_n = ?10`

	recColumns = `id, scope, root, kind, seq, ep, ver, flags, stamps, body`
	GetRecord  = `select ` + recColumns + ` from rec where tenant = ?1 and id = ?2`
	GetCard    = `select ` + recColumns + ` from rec where tenant = ?1 and root = ?2 order by id`
	GetRows    = `select ` + recColumns + ` from rec where tenant = ?1 and scope = ?2 and seq > ?3 order by seq limit ?4`
	PutRecord  = `insert into rec (tenant, ` + recColumns + `) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
		on conflict (tenant, id) do update set scope = ?3, seq = ?6, ep = ?7, ver = ?8, flags = ?9, stamps = ?10, body = ?11`

	leftColumns = `scope, root, seq, at`
	GetLefts    = `select ` + leftColumns + ` from left_root where tenant = ?1 and scope = ?2 and seq > ?3 order by seq limit ?4`
	GetLeftOf   = `select ` + leftColumns + ` from left_root where tenant = ?1 and root = ?2 order by seq, scope`
	PutLeft     = `insert into left_root (tenant, ` + leftColumns + `) values (?1, ?2, ?3, ?4, ?5)
		on conflict (tenant, scope, root) do update set seq = ?4, at = ?5`
	DropLeft = `delete from left_root where tenant = ?1 and scope = ?2 and root = ?3`

	OpKnown = `select 1 from op where tenant = ?1 and op_id = ?2 and outcome <> 4`
	GetOp   = `select device, n, op_id, rec, kind, eff, at, outcome, body from op where tenant = ?1 and device = ?2 and n = ?3`
	AddOp   = `insert into op (tenant, device, n, op_id, rec, kind, eff, at, outcome, body) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`
	Settle  = `update op set outcome = ?3 where tenant = ?1 and op_id = ?2 and outcome <> 4`

	Waiting   = `select count(*) from parked where tenant = ?1`
	GetParked = `select rec, op_id, device, usr, eff, at, body from parked where tenant = ?1 and rec = ?2 order by place`
	Park      = `insert into parked (tenant, rec, op_id, device, usr, eff, at, body) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`
	Unpark    = `delete from parked where tenant = ?1 and op_id = ?2`

	Audit = `insert into audit (tenant, at, usr, what, about) values (?1, ?2, ?3, ?4, ?5)`

	GetSession = `select s.ref, s.family, s.gen, s.tenant, s.usr, s.device, s.began, s.issued, s.seen, s.replaced, u.off
		from session s join usr u on u.tenant = s.tenant and u.id = s.usr where s.ref = ?1`
	PutSession = `insert into session (ref, family, gen, tenant, usr, device, began, issued, seen, replaced) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
		on conflict (ref) do update set seen = ?9`
	Supersede = `update session set replaced = ?3 where family = ?1 and gen < ?2 and replaced = 0`
	EndFamily = `delete from session where family = ?1`
	EndUser   = `delete from session where tenant = ?1 and usr = ?2`
	EndOlder  = `delete from session where began < ?1 or seen < ?2`
)
