package cbor

import (
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// A form is how a Go type is written and read.
type form uint8

const (
	isBool form = iota
	isInt
	isUint
	isFloat
	isString
	isRaw
	isByteSlice
	isByteArray
	isSlice
	isArray
	isMap
	isFields // a map of uint16 to RawMessage: the content of every record
	isStruct
	isPointer
	isInterface
)

// A plan is what there is to know of a type, found once.
type plan struct {
	form   form
	typ    reflect.Type
	spare  uint // of numbers: 64 minus their bits
	elem   *plan
	key    *plan
	fields []field // of a struct, in the order of their keys as written
	mayGo  bool    // of a struct: every field has omitempty, so that it may be empty itself
}

type field struct {
	index     int
	plan      *plan
	head      []byte // the key as written
	key       int64
	name      string // of a text key
	text      bool
	omitEmpty bool
	omitZero  bool
}

var plans struct {
	done sync.Map // reflect.Type to *plan
	sync.Mutex
}

func planOf(t reflect.Type) (*plan, error) {
	if p, ok := plans.done.Load(t); ok {
		return p.(*plan), nil
	}
	plans.Lock()
	defer plans.Unlock()
	b := builder{}
	p, err := b.of(t)
	if err != nil {
		return nil, within(err, t.String())
	}
	for t, p := range b {
		plans.done.LoadOrStore(t, p)
	}
	return p, nil
}

// A builder holds the plans being made: a type may name itself.
type builder map[reflect.Type]*plan

// unsupported is a fault of the program: the first test that meets the type
// shows it.
func unsupported(what string) error { return &PlaceError{Path: ": " + what, Err: ErrGo} }

func (b builder) of(t reflect.Type) (*plan, error) {
	if p, ok := plans.done.Load(t); ok {
		return p.(*plan), nil
	}
	if p := b[t]; p != nil {
		return p, nil
	}
	p := &plan{typ: t}
	b[t] = p
	var err error
	inner := func(f form) {
		p.form = f
		p.elem, err = b.of(t.Elem())
	}
	switch k := t.Kind(); k {
	case reflect.Bool:
		p.form = isBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.form, p.spare = isInt, 64-uint(t.Bits())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		p.form, p.spare = isUint, 64-uint(t.Bits())
	case reflect.Float32, reflect.Float64:
		p.form, p.spare = isFloat, 64-uint(t.Bits())
	case reflect.String:
		p.form = isString
	case reflect.Slice:
		switch {
		case t == rawType:
			p.form = isRaw
		case t.Elem().Kind() == reflect.Uint8:
			inner(isByteSlice)
		default:
			inner(isSlice)
		}
	case reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			inner(isByteArray)
		} else {
			inner(isArray)
		}
	case reflect.Map:
		if t.Key() == fieldsType.Key() && t.Elem() == rawType {
			p.form = isFields
			break
		}
		inner(isMap)
		if err != nil {
			break
		}
		if p.key, err = b.of(t.Key()); err == nil && p.key.form != isInt && p.key.form != isUint && p.key.form != isString && p.key.form != isByteArray {
			err = unsupported("key " + t.Key().String())
		}
	case reflect.Struct:
		p.form = isStruct
		err = b.fields(p)
	case reflect.Pointer:
		inner(isPointer)
	case reflect.Interface:
		p.form = isInterface
	default:
		err = unsupported(t.String())
	}
	return p, err
}

func (b builder) fields(p *plan) error {
	p.mayGo = true
	for i := range p.typ.NumField() {
		sf := p.typ.Field(i)
		tag := sf.Tag.Get("cbor")
		if tag == "-" || !sf.IsExported() && tag == "" && !sf.Anonymous {
			continue
		}
		f := field{index: i}
		name, options, _ := strings.Cut(tag, ",")
		if !sf.IsExported() || sf.Anonymous && name == "" {
			return unsupported("field " + sf.Name + " is not exported, or is embedded without a name")
		}
		f.omitEmpty = strings.Contains(options, "omitempty")
		f.omitZero = strings.Contains(options, "omitzero")
		p.mayGo = p.mayGo && f.omitEmpty
		if strings.Contains(options, "keyasint") {
			n, err := strconv.Atoi(name)
			if err != nil {
				return unsupported("field " + sf.Name + ": its key is no number")
			}
			f.key = int64(n)
		} else {
			if name == "" {
				name = sf.Name
			}
			f.name, f.text = name, true
		}
		f.head = appendKey(nil, f.key, []byte(f.name), f.text)
		var err error
		if f.plan, err = b.of(sf.Type); err != nil {
			return err
		}
		p.fields = append(p.fields, f)
		for j := len(p.fields) - 1; j > 0 && string(p.fields[j].head) <= string(p.fields[j-1].head); j-- {
			if string(p.fields[j].head) == string(p.fields[j-1].head) {
				return unsupported("field " + sf.Name + ": its key is taken")
			}
			p.fields[j], p.fields[j-1] = p.fields[j-1], p.fields[j]
		}
	}
	if len(p.fields) == 0 && p.typ.NumField() > 0 {
		return unsupported(p.typ.String() + " has no field to write")
	}
	return nil
}

// find returns the field of a key. Keys usually come in their order, so the
// search begins where the last one ended.
func (p *plan) find(key int64, name []byte, text bool, from int) int {
	for range p.fields {
		if from == len(p.fields) {
			from = 0
		}
		if f := &p.fields[from]; f.text == text && f.key == key && f.name == string(name) {
			return from
		}
		from++
	}
	return -1
}
